"""Puts lines that were broken at a width back together, remembering where each began."""

import re
from collections.abc import Sequence
from dataclasses import replace

from apps.extraction.documents import Line
from apps.extraction.lexicon import words
from apps.extraction.lines import MAX_LINE
from apps.extraction.noise import line_noise
from apps.extraction.titles import DATED, is_title

SLACK = 0.82
"""Share of the width from which a line is full before small letters: print has no fixed width."""
NEARLY = 0.92
"""The same before a capital, which may also begin a new text."""
SHORT_TITLE = 0.6
"""Share of the width up to which a line can be a heading right on its text."""
EVEN, NARROW = 0.8, 60
"""Share of the widest line that all but the last reach in a broken text, and its least width."""
_OPEN_END = re.compile(
    r"\b(?:the|a|an|and|or|of|for|to|in|with|via|like|is|are|be|by|at|on|from|as|that)$", re.I
)
_NUMBERED = re.compile(r"^(?:§+\s*\d|[IVX]{1,5}\.\s|[A-H]\.\s|\d+(?:\.\d+)*\.?\s)")
_HYPHEN = re.compile(r"[^\W\d_]{2,}-$")


def unwrapped(lines: Sequence[Line], width: int) -> list[Line]:
    """Return the lines with wraps undone, as they are where `width` is 0.

    A line goes on below where the first word of the next line would not have fitted on it.
    """
    if not width:
        return list(lines)
    vocabulary = {word.lower() for line in lines for word in words(line.clean)}
    joined: list[Line] = []
    above = 0
    for line in lines:
        if joined and _goes_on(joined[-1], above, line, width):
            joined[-1] = _join(joined[-1], line, vocabulary)
        else:
            joined.append(line)
        above = len(line.raw.rstrip())
    return joined


def _goes_on(block: Line, above: int, line: Line, width: int) -> bool:
    """Return whether a line goes on with the text whose last line is `above` characters long."""
    if line.marker or line.gap or not line.clean or not block.clean or "\t" in line.clean:
        return False
    if line.no != block.span.last + 1 or len(block.clean) > MAX_LINE:
        return False
    low = line.clean[0].islower() or line.clean[0] in ",;)&("
    full = above + 1 + len(line.clean.split(" ", 1)[0]) > (SLACK if low else NEARLY) * width
    if not full or (line.indent < block.indent and not low):
        return False
    if low:
        return True
    if DATED.match(line.clean) or (is_title(line.clean) and _NUMBERED.match(line.clean)):
        return False
    alone = not block.breaks and above < SHORT_TITLE * width and is_title(block.clean)
    return not alone and line_noise(line) is None


def _join(block: Line, line: Line, vocabulary: set[str]) -> Line:
    """Return two lines as one; a word parted at a hyphen becomes whole if it was one."""
    text, glue = block.clean, " "
    if _HYPHEN.search(text) and line.clean[0].islower():
        head, tail = words(text)[-1].rstrip("-").lower(), words(line.clean)[0].lower()
        if f"{head}-{tail}" not in vocabulary:
            text = text[:-1]
        glue = ""
    return replace(
        block,
        clean=f"{text}{glue}{line.clean}",
        loose=line.loose,
        breaks=(*block.breaks, len(text) + len(glue)),
    )


def is_ragged(text: str) -> bool:
    """Return whether the lines of a paragraph are too uneven to be one text broken at a width."""
    *full, last = [len(line.rstrip()) for line in text.split("\n")]
    widest = max([*full, last])
    return bool(full) and (min(full) < EVEN * widest or widest < NARROW)


def begins_anew(above: str, line: str) -> bool:
    """Return whether a line begins a text of its own: with a capital, after a line at its end."""
    end = above.rstrip()
    return line[:1].isupper() and bool(end) and not (end.endswith(",") or _OPEN_END.search(end))
