"""Plain text into the HTML of an Anki field, so that it shows as it was typed."""

import html
import re
import unicodedata
from collections.abc import Iterable

from apps.exchange.anki.package.contents import Choice, NoteImage

# Line feed and tab stay; the unit separator would split a field in two.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# What Anki would turn into pictures or sound.
_MEDIA_MARKUP = re.compile(r"\[(?=/?(?:latex|\${1,2})\]|(?:sound|anki):)", re.IGNORECASE)
# Anki's own rule (rslib `field_is_empty`): nothing but ASCII white space, <br> and <div>.
_EMPTY_FIELD = re.compile(r"(?:[\t\n\v\f\r ]|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SHOWN = re.compile(r'<img src="([^"]*)"[^>]*>')


def clean(text: str) -> str:
    """NFC, one kind of line end, no control characters but tab and line feed."""
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines))


def escape(cleaned: str) -> str:
    """Cleaned text as HTML in which neither Anki nor a browser finds anything to interpret."""
    escaped = html.escape(cleaned, quote=False)
    if "{" in escaped or "}" in escaped:
        escaped = escaped.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")
    if "[" in escaped:
        escaped = _MEDIA_MARKUP.sub("&#91;", escaped)
    return escaped.replace("\n", "<br>")


def to_html(text: str) -> str:
    """Typed text as the HTML of a field."""
    return escape(clean(text)) if text else ""


def link(label: str, url: str) -> str:
    """The label as a link where the address is one of the web, else the label alone."""
    shown = to_html(label or url)
    if not url.startswith(("https://", "http://")):
        return shown
    return f'<a href="{html.escape(clean(url))}">{shown}</a>'


def numbered_list(items: Iterable[str]) -> str:
    """All items at once, numbered."""
    return "<ol>" + "".join(f"<li>{to_html(item)}</li>" for item in items) + "</ol>"


def unfolding_list(items: tuple[str, ...]) -> str:
    """Items that open one after the other, without a script: each fold holds the next one.

    The class `tappable` tells AnkiMobile that a tap there is not meant to show the answer.
    """
    unfolded = ""
    for number, item in reversed(list(enumerate(items, 1))):
        unfolded = (
            f'<details><summary class="tappable">{number} / {len(items)}</summary>'
            f"<div>{to_html(item)}</div>{unfolded}</details>"
        )
    return unfolded


def choices_to_try(choices: Iterable[Choice]) -> str:
    """Choices that each say, once opened, whether they are right, and why; without a script."""
    return "".join(
        f'<details class="choice"><summary class="tappable">{to_html(choice.text)}</summary>'
        f"<div>{_verdict(choice)}</div></details>"
        for choice in choices
    )


def choices_judged(choices: Iterable[Choice]) -> str:
    """All choices with what speaks for or against them, the right ones first."""
    ranked = sorted(choices, key=lambda choice: not choice.is_correct)
    judged = (f"<li>{to_html(choice.text)}<br>{_verdict(choice)}</li>" for choice in ranked)
    return f"<ul>{''.join(judged)}</ul>"


def _verdict(choice: Choice) -> str:
    word = "<b>✓ Right.</b>" if choice.is_correct else "<b>✗ Wrong.</b>"
    return f"{word} {to_html(choice.why)}" if choice.why else word


def image_name(sha256: str, suffix: str) -> str:
    """The name of an image in a package; it never names another content."""
    return f"passnotes-{sha256}.{suffix}"


def shown(images: Iterable[NoteImage]) -> str:
    """Images one below the other."""
    return "<br>".join(
        f'<img src="{image_name(image.sha256, image.suffix)}" alt="{_attribute(image.alt)}">'
        for image in images
    )


def _attribute(text: str) -> str:
    return to_html(" ".join(text.split())).replace('"', "&quot;")


def notice(text: str) -> str:
    """A line that stands above everything else on a card."""
    return f"<strong>{to_html(text)}</strong><br>" if text else ""


def is_empty(field: str) -> bool:
    """Whether Anki takes a field's HTML for empty, and so makes no card that asks with it."""
    return not field or _EMPTY_FIELD.fullmatch(field) is not None


def sort_text(field: str) -> str:
    """A field's HTML without tags and entities, as Anki sorts and compares it.

    The name of an image is part of that.
    """
    if "<" not in field:
        return html.unescape(field)
    return html.unescape(_TAG.sub("", _SHOWN.sub(r" \1 ", field)))


def unshown(text: str) -> str:
    """Text that Anki lists and compares but no card shows."""
    return f"<template>{to_html(text)}</template>" if text else ""
