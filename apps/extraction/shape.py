"""Measures how a note shows its structure."""

import re
from collections.abc import Sequence

from apps.extraction.documents import Line, Shape, ShapeKind, Source, SourceKind

MIXED = 0.2
"""Share of arrows and stars that makes the marks themselves the structure."""
SURE = 0.5
_ATX = re.compile(r"^ {0,3}#{1,6}\s+\S")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_SETEXT = re.compile(r"^ {0,3}(?:=+|-{3,})\s*$")
_BOLD_BULLET = re.compile(r"^\s*[*+-]\s+\*\*[^*]+\*\*")
FEW = 3
RARE = 0.05
"""Share of the bullets that may differ from all others."""
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
    scores = {
        ShapeKind.MARKDOWN: _markdown(source, written),
        ShapeKind.FLAT: share if len(bulleted) >= FEW and deep < RARE and alike > 1 - RARE else 0.0,
        ShapeKind.MARKERS: arrows if len(markers) >= FEW and arrows > MIXED else 0.0,
        ShapeKind.INDENTED: 0.3 + 0.4 * deep + 0.05 * min(4, len(indents)),
    }
    best = max(scores, key=lambda kind: scores[kind])
    if scores[ShapeKind.MARKDOWN] >= SURE:
        best = ShapeKind.MARKDOWN
    elif scores[ShapeKind.MARKERS] > 0:
        best = ShapeKind.MARKERS
    return Shape(best, tuple((kind, round(min(1.0, score), 3)) for kind, score in scores.items()))


def _markdown(source: Source, written: Sequence[Line]) -> float:
    """Return how much a note looks like Markdown; a name that says so needs little more."""
    headings = fences = bold = 0
    for place, line in enumerate(written):
        headings += bool(_ATX.match(line.raw))
        headings += bool(
            place
            and not line.gap
            and _SETEXT.match(line.raw)
            and not written[place - 1].marker
            and line.raw.strip()[0] == "="
        )
        fences += bool(_FENCE.match(line.raw))
        bold += bool(_BOLD_BULLET.match(line.raw))
    if source.kind is SourceKind.MARKDOWN:
        return 0.9 if headings or fences or bold else 0.5
    return min(1.0, 0.3 * headings + 0.2 * (fences // 2) + 0.1 * min(bold, 3))
