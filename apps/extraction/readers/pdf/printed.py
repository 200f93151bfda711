"""Puts the letters of a PDF page together to strips: runs of words on one line of print."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apps.extraction.readers.marked import Run, raised

Char = Mapping[str, Any]

BASELINE = 0.5
"""How far a letter's foot may stand off its line, as a share of the letter's size."""
WORD_GAP = 0.17
"""Space between two letters, as a share of their size, that parts two words."""
STRIP_GAP = 1.2
"""Space that parts two columns or cells."""
MARK_GAP = 3.0
LONGEST_MARK = len("(12)")
RAISED = 0.15
LARGEST_DOT, NEAR_DOTS = 7.0, 12
SAME = 0.4
_BOLD = re.compile(r"bold|black|heavy|semib|demib|-bd\b|,bd", re.I)
_SYMBOL_FONT = re.compile(r"wingding|symbol|dingbat|courier|webding", re.I)
_MARK = re.compile(r"[^\w\s]|o|\(?\w{1,2}[.)]")
_NAMED = re.compile(r"\(cid:(\d+)\)")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
_GLYPHS = {
    "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf076": "•", "\uf0fc": "•", "\uf06e": "•",
    "\uf0a8": "•", "\uf071": "•", "\uf02d": "-", "\uf0e0": "→", "\uf0e8": "→", "\uf0f0": "→",
    "\uf0de": "⇒", "\uf0df": "←", "\u2751": "•", "\u27a2": "•", "\u27a4": "•", "\u25ba": "•",
    "\u25b6": "•", "\u2756": "•", **_LIGATURES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strip:
    """Words printed in one go; distances in points from the page's upper left corner."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    right: float = 0.0
    """Where the column ends in which the strip stands."""
    symbol: bool = False
    """Whether it begins with a letter of a font of signs."""

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def is_bold(self) -> bool:
        """Whether every word is bold."""
        return all(run.bold for run in self.runs if run.text.strip())


def is_unreadable(chars: Sequence[Char]) -> bool:
    """Return whether most letters of a page have a shape but no meaning."""
    lost = sum(1 for char in chars if _NAMED.fullmatch(char["text"]) or char["text"] == "\ufffd")
    return lost * 2 > len(chars)


def strips_of(chars: Iterable[Char], page: int) -> list[list[Strip]]:
    """Return the rows of a page from the top, each with its strips from the left."""
    upright = [char for char in chars if char["upright"] and char["size"] > 1]
    upright.sort(key=lambda char: (char["bottom"], char["x0"]))
    rows: list[list[Char]] = []
    foot = size = 0.0
    for char in upright:
        largest = max(size, char["size"])
        if rows and char["top"] < foot and char["bottom"] - foot <= BASELINE * largest:
            rows[-1].append(char)
            foot = char["bottom"] if char["size"] > size else foot
            size = largest
        else:
            rows.append([char])
            foot, size = char["bottom"], char["size"]
    found = [_strips(sorted(row, key=lambda char: char["x0"]), page) for row in rows]
    return [row for row in found if row]


def with_dots(rows: Sequence[list[Strip]], dots: Iterable[Char]) -> list[list[Strip]]:
    """Return the rows with the bullets that are drawn as small figures, not printed as letters."""
    places = sorted(
        ((dot["top"] + dot["bottom"]) / 2, dot["x1"], dot["x0"])
        for dot in dots
        if 1 < dot["width"] < LARGEST_DOT and abs(dot["width"] - dot["height"]) < 1
    )
    return [[_dotted(strip, places) for strip in row] for row in rows]


def _dotted(strip: Strip, places: Sequence[tuple[float, float, float]]) -> Strip:
    """Return a strip with the bullet drawn before it, if there is one."""
    start = bisect_left(places, (strip.top,))
    for middle, x1, x0 in places[start : start + NEAR_DOTS]:
        if middle < strip.bottom and 0 < strip.x0 - x1 < 2 * strip.size:
            return replace(strip, runs=(Run("• "), *strip.runs), x0=x0)
    return strip


def _strips(row: Sequence[Char], page: int) -> list[Strip]:
    """Cut a row where wide space parts two columns or cells."""
    pieces: list[list[Char]] = []
    end = 0.0
    for char in row:
        if not char["text"].strip():
            continue
        twice = (
            bool(pieces) and char["text"] == pieces[-1][-1]["text"] and _on(char, pieces[-1][-1])
        )
        if twice:
            continue
        gap = MARK_GAP if pieces and _is_mark(pieces[-1]) else STRIP_GAP
        if pieces and char["x0"] - end <= gap * char["size"]:
            pieces[-1].append(char)
        else:
            pieces.append([char])
        end = max(end, char["x1"]) if len(pieces[-1]) > 1 else char["x1"]
    return [_strip(piece, page) for piece in pieces]


def _on(char: Char, above: Char) -> bool:
    """Return whether a letter is printed on another, as is done to make it look bold."""
    return bool(abs(char["x0"] - above["x0"]) < SAME and char["size"] == above["size"])


def _is_mark(piece: Sequence[Char]) -> bool:
    """Return whether a piece is only a bullet or a number, which stands off its text."""
    if len(piece) > LONGEST_MARK:
        return False
    return _MARK.fullmatch("".join(map(_glyph, piece))) is not None


def _strip(piece: Sequence[Char], page: int) -> Strip:
    runs: list[Run] = []
    end = piece[0]["x0"]
    words: list[str] = []
    bold = False
    above = piece[0]
    for char in piece:
        here = _BOLD.search(char["fontname"]) is not None
        if words and here != bold:
            runs.append(Run("".join(words), bold))
            words = []
        bold = here
        if char["x0"] - end > WORD_GAP * char["size"] and (words or runs):
            words.append(" ")
        is_power = bool(words) and _is_power(char, above)
        words.append(raised(char["text"]) if is_power else _glyph(char))
        end, above = char["x1"], above if is_power else char
    runs.append(Run("".join(words), bold))
    sizes = sorted(char["size"] for char in piece)
    return Strip(
        runs=tuple(runs),
        x0=piece[0]["x0"],
        x1=max(char["x1"] for char in piece),
        top=min(char["top"] for char in piece),
        bottom=max(char["bottom"] for char in piece),
        size=round(sizes[len(sizes) // 2] * 2) / 2,
        page=page,
        symbol=_SYMBOL_FONT.search(piece[0]["fontname"]) is not None,
    )


def _is_power(char: Char, above: Char) -> bool:
    """Return whether a digit is small and raised behind a large one."""
    return bool(
        char["text"].isdigit()
        and above["text"].isdigit()
        and char["size"] < above["size"] * (1 - RAISED)
        and char["bottom"] < above["bottom"] - RAISED * above["size"]
    )


def _glyph(char: Char) -> str:
    text: str = char["text"]
    named = _NAMED.fullmatch(text)
    if named is not None:
        return "•" if named[1] in ("127", "129", "131", "183") else ""
    return _GLYPHS.get(text, text)
