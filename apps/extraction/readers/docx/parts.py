"""Opens the parts of a Word document: a ZIP archive of XML files (ECMA-376, part 1)."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, XMLParser, fromstring
from zipfile import ZipFile

from apps.extraction.readers.errors import Unread, Unreadable

MAX_PART = 64 * 1024 * 1024
DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


def parse(archive: ZipFile, name: str) -> Element | None:
    """Return the root of a part, None if the document has none; raise `Unreadable` for bombs.

    No part of a Word document declares entities, so one that does is refused unread, and with
    it every way to make the XML parser fetch or multiply anything.
    """
    if name not in archive.namelist():
        return None
    with archive.open(name) as part:
        data = part.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise Unreadable(
            Unread.TOO_LARGE, "This document is too large inside: split it into smaller ones."
        )
    if _DECLARED.search(data.replace(b"\x00", b"")):
        raise Unreadable(
            Unread.DAMAGED,
            "This document is not as Word writes it: copy its text and paste it instead.",
        )
    return fromstring(data, XMLParser())  # noqa: S314 - without entities nothing is left to abuse


def open_archive(data: bytes) -> ZipFile:
    """Return the archive of a document."""
    return ZipFile(BytesIO(data))


def tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute without looking at its namespace; empty if there is none."""
    if element is None:
        return ""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """Return what a path of names leads to below an element, None if it leads nowhere."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if tag(each) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name."""
    yield from (each for each in element if tag(each) == name) if element is not None else ()


def is_on(element: Element | None) -> bool:
    """Return whether a switch, such as bold, is set."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
