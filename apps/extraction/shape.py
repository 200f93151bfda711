"""Measures how a note shows its structure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from apps.extraction.documents import Line, Shape, ShapeKind
from apps.extraction.sentences import split_label
from apps.extraction.sources import Source, SourceKind

MIXED = 0.2
"""Share of arrows and stars that makes the marks themselves the structure."""
SURE = 0.5
_ATX = re.compile(r"^ {0,3}#{1,6}\s+\S")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_SETEXT = re.compile(r"^ {0,3}(?:=+|-{3,})\s*$")
_BOLD_BULLET = re.compile(r"^\s*[*+-]\s+\*\*[^*]+\*\*")
_STOPS = (".", ":", "!", "?")
FEW = 3
RARE = 0.05
"""Share of the bullets that may differ from all others."""
WRAPS = 0.06
"""Share of the lines that must break inside a sentence before a note counts as wrapped."""
EVEN = 0.75
"""How short the shorter of the broken lines may be, as a share of the longer."""
NARROW = 40
BARE = 0.15
"""Share of bullets up to which a note is one without bullets."""
DEPTHS = 3
_ARROWS = frozenset("→↳⇒*↓+")


def measure(source: Source, lines: Sequence[Line]) -> Shape:
    """Return the shape of a note with the score of every shape it could have."""
    written = [line for line in lines if line.raw.strip()]
    total = max(1, len(written))
    bulleted = [line for line in written if line.marker]
    share = len(bulleted) / total
    indents = {line.indent for line in bulleted}
    deep = sum(line.indent > 1 for line in bulleted) / max(1, len(bulleted))
    markers = {line.marker for line in bulleted if line.marker != "1."}
    commonest = max((sum(line.marker == mark for line in bulleted) for mark in markers), default=0)
    alike = commonest / max(1, len(bulleted))
    arrows = sum(line.marker in _ARROWS for line in bulleted) / max(1, len(bulleted))
    width = wrap_width(written)
    scores = {
        ShapeKind.MARKDOWN: _markdown(source, written),
        ShapeKind.FLAT: share if len(bulleted) >= FEW and deep < RARE and alike > 1 - RARE else 0.0,
        ShapeKind.MARKERS: arrows if len(markers) >= FEW and arrows > MIXED else 0.0,
        ShapeKind.INDENTED: 0.3 + 0.4 * deep + 0.05 * min(4, len(indents)),
        ShapeKind.WRAPPED: 0.9 if width and share <= BARE else 0.0,
        ShapeKind.OUTLINE: _outline(written) if share <= BARE else 0.0,
    }
    best = max(scores, key=lambda kind: scores[kind])
    if scores[ShapeKind.MARKDOWN] >= SURE:
        best = ShapeKind.MARKDOWN
    elif scores[ShapeKind.MARKERS] > 0:
        best = ShapeKind.MARKERS
    shown = tuple((kind, round(min(1.0, score), 3)) for kind, score in scores.items())
    return Shape(best, shown, width)


def wrap_width(written: Sequence[Line]) -> int:
    """Return the width at which a note's lines were broken by hand, 0 where they were not.

    Lines broken at a width are about as long as each other wherever a sentence runs on.
    """
    lengths = sorted(
        len(line.raw.rstrip())
        for line, below in pairwise(written)
        if not below.gap
        and not below.marker
        and below.clean[:1].islower()
        and not line.clean.endswith(_STOPS)
    )
    if len(lengths) < FEW or len(lengths) < WRAPS * len(written):
        return 0
    shorter, longer = lengths[len(lengths) // 4], lengths[len(lengths) * 9 // 10]
    return longer if longer >= NARROW and shorter >= EVEN * longer else 0


def _outline(written: Sequence[Line]) -> float:
    """Return how much a note without bullets shows its structure by indents alone."""
    indents = [line.indent for line in written]
    if len(set(indents)) < DEPTHS:
        return 0.0
    deep = sum(indent > 1 for indent in indents) / len(indents)
    return 0.95 if deep > SURE else 0.0


def _markdown(source: Source, written: Sequence[Line]) -> float:
    """Return how much a note looks like Markdown; a name that says so needs little more.

    Where most lines with "#" stand right below others as a term and its meaning, the sign is a
    bullet.
    """
    headings = fences = bold = labelled = 0
    for place, line in enumerate(written):
        below = place > 0 and not line.gap
        if _ATX.match(line.raw):
            headings += 1
            labelled += below and split_label(line.clean.lstrip(" #")) is not None
        headings += bool(
            below
            and _SETEXT.match(line.raw)
            and not written[place - 1].marker
            and line.raw.strip()[0] == "="
        )
        fences += bool(_FENCE.match(line.raw))
        bold += bool(_BOLD_BULLET.match(line.raw))
    if source.kind is not SourceKind.PLAIN:
        return 0.9 if headings or fences or bold else 0.5
    if 2 * labelled > headings:
        headings = 0
    return min(1.0, 0.3 * headings + 0.2 * (fences // 2) + 0.1 * min(bold, 3))
