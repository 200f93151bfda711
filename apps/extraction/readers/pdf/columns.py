"""Puts the strips of a page in the order of reading, and leaves out what is on every page."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from apps.extraction.readers.pdf.printed import Strip

MARGIN = 0.1
"""Share of a page's height, at its head and its foot, where running lines stand."""
OFTEN = 0.4
"""Share of the pages on which a line must stand to be a running one."""
FEW = 2
MIN_ROWS = 5
"""Rows that must be parted at the same place before a page has columns."""
MIN_WORDS = 3.0
"""Words that strips of columns hold at least, on average; cells of tables hold fewer."""
NEAR = 12.0
CROSSING = 0.15
"""Share of the strips that may go across a gutter: titles over all columns."""
MAX_COLUMNS_DEPTH = 3
CANDIDATES = 5
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.|seite|slide|pg\.?)?\s*(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|\||of|von|de)\s*\d{1,4})?\W*$",
    re.I,
)
_DIGITS = re.compile(r"\d+")

Row = list[Strip]


def without_running_lines(
    pages: Sequence[Sequence[Row]], heights: Sequence[float]
) -> list[list[Row]]:
    """Return the pages without page numbers, running heads and feet."""
    counts: Counter[str] = Counter()
    for rows, height in zip(pages, heights, strict=True):
        counts.update({_key(row) for row in rows if _in_margin(row, height)})
    often = max(FEW, len(pages) * OFTEN)

    def runs(row: Row, height: float) -> bool:
        text = _text(row)
        return _in_margin(row, height) and (
            counts[_key(row)] >= often or _PAGE_NUMBER.match(text) is not None
        )

    return [
        [row for row in rows if not runs(row, height)]
        for rows, height in zip(pages, heights, strict=True)
    ]


def _text(row: Row) -> str:
    return " ".join(strip.text for strip in row)


def _key(row: Row) -> str:
    return _DIGITS.sub("#", _text(row)).casefold()


def _in_margin(row: Row, height: float) -> bool:
    return row[0].bottom < height * MARGIN or row[0].top > height * (1 - MARGIN)


def in_reading_order(rows: Sequence[Row], depth: int = 0) -> list[Row]:
    """Return the rows of a page column after column, each strip with its column's right edge.

    A strip that goes across the gutter stands over (and under) the columns it parts.
    """
    gutter = _gutter(rows) if depth < MAX_COLUMNS_DEPTH else None
    if gutter is None:
        right = max((strip.x1 for row in rows for strip in row), default=0.0)
        return [[replace(strip, right=right) for strip in row] for row in rows]
    ordered: list[Row] = []
    left: list[Row] = []
    right_rows: list[Row] = []
    for row in rows:
        before = [strip for strip in row if strip.x1 <= gutter]
        after = [strip for strip in row if strip.x0 >= gutter]
        if len(before) + len(after) == len(row):
            left += [before] if before else []
            right_rows += [after] if after else []
            continue
        ordered += _both(left, right_rows, depth)
        ordered += [[replace(strip, right=row[-1].x1) for strip in row]]
        left, right_rows = [], []
    return ordered + _both(left, right_rows, depth)


def _both(left: list[Row], right: list[Row], depth: int) -> list[Row]:
    return in_reading_order(left, depth + 1) + in_reading_order(right, depth + 1)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where the second column of a page begins, None for a page of one column.

    A column begins where many strips do, few go across, and the strips on both sides stand
    beside each other and hold words enough for lines of text.
    """
    strips = [strip for row in rows for strip in row]
    starts = Counter(round(strip.x0 / NEAR) for strip in strips)
    leftmost = min(starts, default=0)
    for start, count in starts.most_common(CANDIDATES):
        if start - leftmost <= FEW or count < MIN_ROWS:
            continue
        place = min(strip.x0 for strip in strips if round(strip.x0 / NEAR) == start) - 1
        left = [strip for strip in strips if strip.x1 <= place]
        right = [strip for strip in strips if strip.x0 >= place]
        crossing = len(strips) - len(left) - len(right)
        if crossing > CROSSING * len(strips) or min(len(left), len(right)) < MIN_ROWS:
            continue
        words = sum(len(strip.text.split()) for strip in (*left, *right))
        if words >= MIN_WORDS * (len(left) + len(right)) and _beside(left, right):
            return place
    return None


def _beside(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Return whether most strips of the shorter side have one beside them on the other."""
    few, many = sorted((left, right), key=len)
    tops = sorted(strip.top for strip in many)
    found = 0
    for strip in few:
        place = bisect_left(tops, strip.top - strip.size)
        found += place < len(tops) and tops[place] < strip.bottom
    return found * 2 > len(few)
