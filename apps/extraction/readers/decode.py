"""Turns the bytes of a file into text, or says why they are none."""

import codecs
import re

from charset_normalizer import from_bytes

from apps.extraction.readers.errors import Unread, Unreadable

MANY_TAGS = 10
MAX_BYTES = 10 * 1024 * 1024
SAMPLE_BYTES = 64 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a compressed archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_WESTERN = frozenset(
    "äöüßÄÖÜéèêëàâçîïôûùñáíóúåæøœÉÈÀÇÑÁÍÓÚÅÆØŒìòãõ¿¡«»‘’“”„–—•…°§×·µ€£²³½¼±®©™ºª\u00a0"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML_START = re.compile(
    r"\s*(<!--.{0,2000}?-->\s*)?<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,400})?/?>")


def decode(data: bytes) -> str:
    """Return the text of `data` with every line end as "\\n"; raise `Unreadable` for the rest."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            Unread.TOO_LARGE, "This file is larger than 10 MB: split it into smaller notes."
        )
    if not data.strip():
        raise _empty()
    _refuse_binary(data)
    text = _text(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _empty()
    if _is_html(text):
        raise Unreadable(Unread.HTML, "Web pages are not read yet: paste their text instead.")
    return text


def _empty() -> Unreadable:
    return Unreadable(Unread.EMPTY, "This file has no text in it: choose a file with notes.")


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Unreadable(
                Unread.BINARY,
                f"This file is {what}, not plain text: copy its text into a .txt or .md file.",
            )


def _text(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_decoded(data, encoding).removeprefix("\ufeff"))
    if b"\x00" in data:
        raise _not_text()
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(_decoded(data, _guess(data[:SAMPLE_BYTES])))


def _guess(sample: bytes) -> str:
    """Return the likely encoding of bytes that are not UTF-8.

    A few western letters among plain ones are windows-1252; short samples of it mislead the
    statistics that tell the other encodings apart.
    """
    western = sample.decode("cp1252", "replace")
    marked = [char for char in western if not char.isascii()]
    if len(marked) * 6 < len(western) and all(char in _WESTERN for char in marked):
        return "cp1252"
    best = from_bytes(sample).best()
    if best is None:
        raise _not_text()
    return best.encoding


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise Unreadable(
            Unread.ENCODING,
            "The characters of this file could not be told apart: save it as UTF-8 and try again.",
        ) from error


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) // 500:
        raise _not_text()
    return text


def _not_text() -> Unreadable:
    return Unreadable(
        Unread.BINARY, "This file is not plain text: copy its text into a .txt or .md file."
    )


def _is_html(text: str) -> bool:
    if _HTML_START.match(text[:4000]):
        return True
    tags = [len(tag) for tag in _TAG.findall(text)]
    return len(tags) >= MANY_TAGS and sum(tags) * 10 > len(text) * 3
