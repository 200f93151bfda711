"""Splits a source into lines and takes each apart into indent, marker and text."""

import re

from apps.extraction.cleaning import repair
from apps.extraction.documents import Line
from apps.extraction.sources import Source

TAB_WIDTH = 4
MAX_LINE = 1500
"""Characters beyond which a line is no note's line and is not read."""

_MARKER = re.compile(
    r"(?P<bullet>[•●◦○▪■‣∙·⁃\uf0b7\uf0a7*+=≠\-–—→⇒➔➜⇨↳↓✓✔✗✘❌✅»›►▶➢❖°¢]|"
    r"\d{1,3}[.)]|\d-(?=\s[A-Z])|\(\d{1,2}\)|[①-⑳]|\(?[a-z]\)|"
    r"[o.](?=\s+[^\W_])|>(?=\s+[^\W\d_]))(?=\s|$)\s*"
)
"""Bullets as they are typed, and as a scan reads them: "o", "°" and "." for a dot."""
_TIGHT = re.compile(r"(?P<bullet>[•●◦▪→⇒↳*])(?=[^\s*\d])")
_BULLETS = {"●": "•", "◦": "•", "▪": "•", "■": "•", "○": "•", "‣": "•", "∙": "•", "·": "•",
            "⁃": "•", "\uf0b7": "•", "\uf0a7": "•", "–": "-", "—": "-", "⇨": "⇒", "➔": "→",
            "➜": "→", "o": "•", "°": "•", ".": "•", "¢": "•", "►": "•", "▶": "•",
            "➢": "•", "❖": "•", "›": "»"}  # fmt: skip
CHILD_MARKERS = frozenset("↳⇒↓=≠")
"""Marks that hang a line on the one before it."""


def split_lines(source: Source) -> tuple[Line, ...]:
    """Return every line of the source, numbered from 1 as `text.split("\\n")` counts them."""
    raws = source.text.split("\n")
    lines: list[Line] = []
    gap = 0
    for no, raw in enumerate(raws, start=1):
        blank = not raw.strip()
        loose = no >= len(raws) or not raws[no].strip()
        lines.append(_line(no, raw, gap, loose))
        gap = gap + 1 if blank else 0
    return tuple(lines)


def _line(no: int, raw: str, gap: int, loose: bool) -> Line:
    text = indented(raw)
    stripped = text.lstrip()
    clean, marker, ordinal = take_marker(stripped.rstrip())
    return Line(no, raw, clean, len(text) - len(stripped), marker, ordinal, gap, loose)


def indented(raw: str) -> str:
    """Return the repaired line with its indent as plain spaces, cut where no note's line goes."""
    head = raw[: MAX_LINE + 1]
    rest = head.lstrip()
    lead = head[: len(head) - len(rest)].expandtabs(TAB_WIDTH)
    return " " * len(lead) + repair(rest)


def take_marker(text: str) -> tuple[str, str, int | None]:
    """Return the text without its leading markers, the marker that counts, and its number.

    Of two markers in a row the one that hangs the line on its predecessor counts, or numbers it.
    """
    marker, ordinal = "", None
    for _ in range(2):
        match = _MARKER.match(text) or _TIGHT.match(text)
        if match is None:
            break
        bullet = match["bullet"]
        numbered = ordinal is None and bullet.strip("(")[0].isdigit()
        if marker and not (numbered or bullet in CHILD_MARKERS or bullet in "*•-✗✓①"):
            break
        if not marker or numbered or bullet in CHILD_MARKERS:
            marker, ordinal = _canonical(bullet)
        text = text[match.end() :]
    return text, marker, ordinal


def _canonical(bullet: str) -> tuple[str, int | None]:
    digits = bullet.strip("().-")
    if digits.isascii() and digits.isdigit():
        return "1.", int(digits)
    if "①" <= bullet <= "⑳":
        return "1.", ord(bullet) - ord("①") + 1
    if bullet.endswith(")") and "a" <= bullet[-2] <= "z":
        return "a)", ord(bullet[-2]) - ord("a") + 1
    return _BULLETS.get(bullet, bullet), None
