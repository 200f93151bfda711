"""Turns the bytes of a file into text, or says why they are none."""

import codecs
import re

from charset_normalizer import from_bytes

from apps.extraction.readers.errors import Unread, Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 100_000
"""Written lines of a note; where each of them states a fact, a minute of work."""
SAMPLE_BYTES = 64 * 1024
STRAY = 500
"""One control character in so many characters is dirt; more of them are no text."""
WIDE, RARE = 0.3, 0.2
"""Share of NUL bytes at every second place that makes text of two bytes a character; at the other
place fewer than `RARE` are NUL."""

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
    b"{\\rtf": "a rich text document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a compressed archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_WESTERN = frozenset(
    "äöüßÄÖÜéèêëàâçîïôûùñáíóúåæøœÉÈÀÇÑÁÍÓÚÅÆØŒìòãõ¿¡«»‘’“”„–—•…°§°·×µ€£²³½¼±®©™ºª\u00a0"
)
_WRITTEN = re.compile(r"^.*\S", re.M)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, declared: str = "") -> str:
    """Return the text of `data` with every line end as "\\n"; raise `Unreadable` for the rest.

    In this order: the mark at the start, UTF-8, the encoding the file itself has `declared`,
    the likeliest one.
    """
    check_size(data)
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise _empty()
    _refuse_binary(data)
    text = _checked(_text(data, declared))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise _empty()
    _refuse_endless(text)
    return text


def _refuse_endless(text: str) -> None:
    written = len(_WRITTEN.findall(text)) if text.count("\n") > MAX_LINES else 0
    if written > MAX_LINES:
        raise Unreadable(
            Unread.TOO_LARGE,
            f"This note has {written:,} written lines, and at most {MAX_LINES:,} are read: "
            "split it into smaller notes.",
        )


def check_size(data: bytes) -> None:
    """Raise `Unreadable` for a file larger than is read."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            Unread.TOO_LARGE, "This file is larger than 10 MB: split it into smaller notes."
        )


def sample_of(data: bytes) -> str:
    """Return the beginning of a file as text, whatever its bytes."""
    head = data[:SAMPLE_BYTES]
    encoding = _encoding_of(head) or "utf-8"
    return head.decode(encoding, "replace").removeprefix("\ufeff")


def _empty() -> Unreadable:
    return Unreadable(Unread.EMPTY, "This file has no text in it: choose a file with notes.")


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Unreadable(
                Unread.BINARY,
                f"This file is {what}, not plain text: copy its text into a .txt or .md file.",
            )


def _encoding_of(data: bytes) -> str:
    """Return the encoding the first bytes show: by their mark, or by every second being NUL."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    sample = data[:SAMPLE_BYTES]
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > WIDE and even < RARE:
        return "utf-16-le"
    if even > WIDE and odd < RARE:
        return "utf-16-be"
    return ""


def _text(data: bytes, declared: str) -> str:
    encoding = _encoding_of(data)
    if encoding:
        return _decoded(data, encoding).removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if declared and not declared.startswith("utf"):
            return _decoded(data, declared)
    if data.count(0) > len(data) // STRAY:
        raise _not_text()
    return _nearly_utf8(data) or _decoded(data, _guess(data[:SAMPLE_BYTES]))


def _nearly_utf8(data: bytes) -> str | None:
    """Return the text of UTF-8 with a few spoilt bytes, each shown as lost; None for the rest.

    Nothing but UTF-8 reads as UTF-8 over many letters beyond ASCII.
    """
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    told = sum(not char.isascii() for char in text[:SAMPLE_BYTES]) - lost
    return text if told > 20 * lost else None


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
    except (UnicodeError, LookupError) as error:
        raise Unreadable(
            Unread.ENCODING,
            "The characters of this file could not be told apart: save it as UTF-8 and try again.",
        ) from error


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) // STRAY:
        raise _not_text()
    return text


def _not_text() -> Unreadable:
    return Unreadable(
        Unread.BINARY, "This file is not plain text: copy its text into a .txt or .md file."
    )
