"""Repairs the text of a line without ever joining or splitting lines."""

import re
import unicodedata

from ftfy import TextFixerConfig, fix_text

_FIX = TextFixerConfig(
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    max_decode_length=100_000,
)
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffc\ufffd"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]|"
    # Joiners shape letters from Hebrew onwards, and emoji; elsewhere they only hide in words.
    "(?<![\u0590-\U0010ffff])[\u200c\u200d]"
)
_SPACES = re.compile(r"[^\S\t]+")
_SOUND = re.compile(r"[ -%'-~]*(?:[•→–](?![^ -~])[ -%'-~]*)*")
"""Print of ASCII without entities, with lone bullets, arrows and dashes: nothing to mend."""
_ARROWS = (
    (re.compile(r"\$?\\(?:Long)?[Rr]ightarrow\$?"), "→"),
    (re.compile(r"\\([$%&_#])"), r"\1"),
)
_LOST_ARROW = re.compile(r"(?<=\s)è(?=\s)")
_LOST_BACK_ARROW = re.compile(r"(?<=\s)ç(?=\s)")


def _thai_bytes() -> dict[str, int]:
    """Return the byte of every character that windows-874, filled up by windows-1252, can show."""
    table: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        raw = bytes([byte])
        char = raw.decode("cp874", "ignore") or raw.decode("cp1252", "ignore") or chr(byte)
        table[char] = byte
    return table


_THAI = _thai_bytes()
_THAI_RUN = re.compile("[" + "".join(map(re.escape, _THAI)) + "]{3,}")


def repair(text: str) -> str:
    """Return the line with mojibake undone, odd spaces made plain and invisible marks removed."""
    if text.isascii() or _SOUND.fullmatch(text):
        return _plain(text)
    text = _THAI_RUN.sub(_undo_thai, text)
    text = fix_text(text, _FIX).replace("\n", " ")
    text = _LOST_BACK_ARROW.sub("←", _LOST_ARROW.sub("→", text))
    return _plain(unicodedata.normalize("NFC", text))


def _undo_thai(match: re.Match[str]) -> str:
    """UTF-8 once read as windows-874 becomes UTF-8 again; true Thai does not decode and stays."""
    run = match[0]
    try:
        return bytes(_THAI[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run


def _plain(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", text)
    if "\\" in text:
        for pattern, arrow in _ARROWS:
            text = pattern.sub(arrow, text)
    return _SPACES.sub(" ", text)
