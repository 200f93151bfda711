"""Tells web pages from other text by their first bytes."""

import codecs
import re

from apps.extraction.readers.decode import sample_of

MANY_TAGS = 10
SHARE = 0.2
"""Share of the characters in tags from which a text is a page without saying so."""
_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAG = re.compile(
    r"</?(?:a|article|b|blockquote|body|br|code|dd|div|dl|dt|em|h[1-6]|head|hr|html|i|img|li|link|"
    r"main|meta|nav|ol|p|pre|script|section|span|strong|style|table|tbody|td|th|thead|title|tr|u|"
    r"ul)(?:\s[^<>]{0,400})?/?>",
    re.I,
)
_BLOCK = re.compile(
    r"^\s*<(?:h[1-6]|p|div|ul|ol|dl|table|article|section|main)\b[^<>]{0,400}>", re.I
)
_CLOSED = re.compile(r"</(?:h[1-6]|p|div|ul|ol|dl|table|article|section|main|body|html)\s*>", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)


def likeness(data: bytes, *, named: bool) -> float:
    """Return how sure (0 to 1) a file is a web page; `named` is whether its name says so."""
    sample = sample_of(data)
    if _START.match(sample):
        return 0.95
    tags = [len(tag) for tag in _TAG.findall(sample)]
    if named:
        return 0.95 if tags else 0.05
    if _BLOCK.match(sample) and _CLOSED.search(sample):
        return 0.7
    return 0.7 if len(tags) >= MANY_TAGS and sum(tags) > len(sample) * SHARE else 0.0


def declared_encoding(data: bytes) -> str:
    """Return the encoding a page names in its head, or nothing."""
    match = _CHARSET.search(data[:4096])
    if match is None:
        return ""
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""
