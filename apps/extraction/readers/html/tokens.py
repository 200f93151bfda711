"""Cuts a web page into tags and texts, each with the line of the file it begins on.

Written for notes saved from anywhere: it never fails, needs time in proportion to the page, and
knows the line of every word, which the usual parsers know of tags only.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_MARKUP = re.compile(
    r"<(?:(?P<close>/)?(?P<name>[a-zA-Z][^\s/<>]{0,60})"
    r"(?P<attrs>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|(?P<comment>!--)|[!?][^<>]*+>)"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'>/=]{1,60})(?:\s*=\s*(?:\"(?P<two>[^\"]*+)\"|'(?P<one>[^']*+)'|"
    r"(?P<bare>[^\s\"'>]+)))?"
)
_RAW = ("script", "style", "textarea", "title", "noscript", "iframe", "xmp", "noembed", "noframes")
_RAW_ENDS = {name: re.compile(rf"</{name}[^>]*+>", re.I) for name in _RAW}
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_READ_ATTRIBUTES = frozenset(
    ("aria-hidden", "aria-level", "class", "colspan", "hidden", "href", "id", "role", "rowspan",
     "start", "style", "type", "value", "charset", "content")
)  # fmt: skip
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag, its name in small letters."""

    name: str
    line: int
    is_closing: bool = False
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """Words between two tags, with their entities resolved."""

    text: str
    line: int


def tokens(page: str) -> Iterator[Tag | Text]:
    """Yield the tags and texts of a page in order; lines count from 1."""
    place, line = 0, 1
    while True:
        match = _MARKUP.search(page, place)
        if match is None:
            break
        if match.start() > place:
            yield Text(unescaped(page[place : match.start()]), line)
            line += page.count("\n", place, match.start())
        end = match.end()
        if match["comment"]:
            close = page.find("-->", match.start() + 2)
            end = len(page) if close < 0 else close + 3
        elif match["name"]:
            yield _tag(match, line)
            if match["close"] is None and match["name"].lower() in _RAW_ENDS:
                end, raw = _raw(page, match)
                yield Text(unescaped(raw), line + page.count("\n", match.start(), match.end()))
        line += page.count("\n", match.start(), end)
        place = end
        if match["name"] and match["close"] is None and match["name"].lower() in _RAW_ENDS:
            yield Tag(match["name"].lower(), line, is_closing=True)
    if place < len(page):
        yield Text(unescaped(page[place:]), line)


def _tag(match: re.Match[str], line: int) -> Tag:
    attrs = match["attrs"]
    known = NOTHING if match["close"] or not attrs.strip() else attributes(attrs)
    return Tag(match["name"].lower(), line, match["close"] is not None, known)


def _raw(page: str, match: re.Match[str]) -> tuple[int, str]:
    """Return where an element ends whose text holds no tags, and that text."""
    close = _RAW_ENDS[match["name"].lower()].search(page, match.end())
    if close is None:
        return len(page), page[match.end() :]
    return close.end(), page[match.end() : close.start()]


def attributes(text: str) -> dict[str, str]:
    """Return the attributes a reader of notes looks at."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        name = match["name"].lower()
        if name in _READ_ATTRIBUTES:
            value = match["two"] or match["one"] or match["bare"] or ""
            found.setdefault(name, unescaped(value).strip())
    return found


def unescaped(text: str) -> str:
    """Return a text with its entities resolved; numbers no character has become a mark."""
    if "&" not in text:
        return text
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text))
