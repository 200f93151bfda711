"""Joins rows of print to blocks (headings, items, paragraphs, tables) and writes them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

from apps.extraction.readers.marked import MarkedText, Run, inline
from apps.extraction.readers.pdf.columns import Row
from apps.extraction.readers.pdf.printed import Strip

LARGER = 1.12
"""How much larger than the text a heading is printed."""
MAX_HEADING_WORDS = 16
MAX_RANKS = 4
FULL = 0.8
"""Share of its column a line fills at least that breaks because the column ends."""
NEAR = 6.0
MIN_TABLE_ROWS = 3
_BULLET = re.compile(r"^(?:[•●◦○▪■‣∙·⁃✓✔❖►▶➢❑*–—-]|o(?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\S)")
_LETTER = re.compile(r"^\(?[a-hA-H][.)]\s+(?=\S)")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\d{1,4}$")
_STOP = (".", ";", ",", "!")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"


@dataclass(slots=True)
class Block:
    """A block that may still grow by the next row of print."""

    kind: Kind
    runs: list[Run]
    last: Strip
    page: int
    x0: float
    rank: int = 0
    ordinal: int | None = None


class Writer:
    """Writes rows in the order of reading; `pages` is the line each page begins on."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.marked = MarkedText()
        self.pages: list[int] = []
        self._rows = rows
        self._body = _body_size(rows)
        self._bold_body = _is_mostly_bold(rows)
        self._sizes = self._heading_sizes()
        self._leading = _leading(rows)
        self._compounds = _compounds(rows)
        self._block: Block | None = None
        self._indents: list[float] = []
        self._write()

    def _write(self) -> None:
        place = 0
        while place < len(self._rows):
            end = self._table_end(place)
            if end > place:
                self._flush()
                self._table(self._rows[place:end])
                place = end
                continue
            strip = _whole(self._rows[place])
            if not _CONTENTS.search(strip.text):
                self._take(strip)
            place += 1
        self._flush()

    def _heading_sizes(self) -> list[float]:
        """Return the sizes of print that are larger than the text's, the largest first."""
        sizes = {s.size for row in self._rows for s in row if self._is_large(s)}
        return sorted(sizes, reverse=True)[:MAX_RANKS]

    def _is_large(self, strip: Strip) -> bool:
        words = len(strip.text.split())
        return (
            strip.size >= self._body * LARGER
            and words <= MAX_HEADING_WORDS
            and _BULLET.match(strip.text) is None
            and any(char.isalpha() for char in strip.text)
        )

    def _rank(self, strip: Strip) -> int:
        """Return the rank of a heading, 0 for a strip that is none."""
        if self._is_large(strip):
            return min(sum(size > strip.size for size in self._sizes) + 1, MAX_RANKS)
        text = strip.text
        stands_out = strip.is_bold and not self._bold_body and strip.size >= self._body
        if not stands_out or text.endswith(_STOP) or _BULLET.match(text) or not text[:1].isalnum():
            return 0
        short = len(text.split()) <= MAX_HEADING_WORDS and strip.x1 < strip.right * FULL + NEAR
        return len(self._sizes) + 1 if short else 0

    def _take(self, strip: Strip) -> None:
        """Add a strip to the block above, or begin a new one."""
        block, rank = self._block, self._rank(strip)
        if block is not None and self._continues(block, strip, rank):
            block.runs = joined(block.runs, list(strip.runs), self._compounds)
            block.last = strip
            return
        self._flush()
        self._block = _begun(strip, rank)

    def _continues(self, block: Block, strip: Strip, rank: int) -> bool:
        above, text = block.last, strip.text
        turned = strip.page != above.page or strip.top < above.top
        near = turned or strip.top - above.bottom <= self._leading * 1.5 + strip.size * 0.25
        if rank or block.kind is Kind.HEADING:
            return (
                near
                and not turned
                and rank == block.rank
                and strip.size == above.size
                and not (strip.is_bold and above.text.endswith(":"))
            )
        if not near or _mark(strip) is not None:
            return False
        low = text[:1].islower() or above.text.endswith(("-", ",", "("))
        if turned:
            return low and not above.text.endswith((".", ":"))
        if block.kind is Kind.ITEM and strip.x0 > block.x0 + 2:
            return True
        full = above.x1 >= above.right * FULL
        indented = strip.x0 > above.x0 + strip.size * 0.8 and block.kind is Kind.TEXT
        return low or (
            full and not indented and not (block.kind is Kind.ITEM and above.text.endswith("."))
        )

    def _flush(self) -> None:
        block, self._block = self._block, None
        if block is None:
            return
        text = inline(block.runs)
        if not text:
            return
        above = len(self.marked.lines)
        if block.kind is Kind.HEADING:
            self._indents.clear()
            self.marked.heading(block.rank, text.replace("**", ""), None)
        elif block.kind is Kind.ITEM:
            self.marked.item(self._depth(block.x0), text, None, block.ordinal)
        else:
            self._indents.clear()
            self.marked.paragraph(text, None)
        self._turn_to(block.page, above)

    def _turn_to(self, page: int, above: int) -> None:
        """Note the line the pages up to this one begin on: the first written below `above`."""
        written = next(no for no, line in enumerate(self.marked.lines[above:], above + 1) if line)
        while len(self.pages) < page:
            self.pages.append(written if self.pages else 1)

    def _depth(self, x0: float) -> int:
        while self._indents and self._indents[-1] >= x0 - NEAR / 2:
            self._indents.pop()
        self._indents.append(x0)
        return len(self._indents) - 1

    def _table_end(self, place: int) -> int:
        """Return where a table that begins at a row ends; the row's own place if none does."""
        first = self._rows[place]
        if len(first) == 1 or _mark(first[0]) is not None:
            return place
        end = place + 1
        while end < len(self._rows) and _same_columns(first, self._rows[end]):
            end += 1
        return end if end - place >= MIN_TABLE_ROWS else place

    def _table(self, rows: Sequence[Row]) -> None:
        above = len(self.marked.lines)
        texts = [[inline(strip.runs) for strip in row] for row in rows]
        bold = all(strip.is_bold for strip in rows[0]) and not all(s.is_bold for s in rows[1])
        self.marked.grid(texts, [None] * len(texts), has_head=bold or len(texts[0]) > len("ab"))
        self._indents.clear()
        self._turn_to(rows[0][0].page, above)


def _begun(strip: Strip, rank: int) -> Block:
    """Return the block a strip begins."""
    mark = _mark(strip)
    if rank and (mark is None or mark[1] is not None):
        return Block(Kind.HEADING, list(strip.runs), strip, strip.page, strip.x0, rank)
    if mark is None:
        return Block(Kind.TEXT, list(strip.runs), strip, strip.page, strip.x0)
    length, ordinal = mark
    runs = _without(list(strip.runs), length)
    return Block(Kind.ITEM, runs, strip, strip.page, strip.x0, ordinal=ordinal)


def _mark(strip: Strip) -> tuple[int, int | None] | None:
    """Return how long the bullet of a strip is and its number, None for a strip without."""
    text = strip.text
    bullet = _BULLET.match(text)
    if bullet is not None and (text[0] != "o" or strip.symbol):
        return bullet.end(), None
    number = _NUMBER.match(text)
    if number is not None:
        return number.end(), int(number[1])
    letter = _LETTER.match(text)
    return (0, None) if letter is not None else None


def _without(runs: list[Run], length: int) -> list[Run]:
    """Return runs without their first characters."""
    left = length + len(runs[0].text) - len(runs[0].text.lstrip())
    kept: list[Run] = []
    for run in runs:
        cut = min(left, len(run.text))
        left -= cut
        if run.text[cut:]:
            kept.append(Run(run.text[cut:], run.bold))
    return kept


def _whole(row: Row) -> Strip:
    """Return the strips of a row that is no table's as one."""
    if len(row) == 1:
        return row[0]
    spaced = [
        [*strip.runs[:-1], Run(strip.runs[-1].text + " ", strip.runs[-1].bold)] for strip in row
    ]
    return replace(
        row[0],
        runs=tuple(run for runs in spaced for run in runs),
        x1=row[-1].x1,
        bottom=max(strip.bottom for strip in row),
    )


def joined(above: list[Run], below: list[Run], compounds: frozenset[str]) -> list[Run]:
    """Return the runs of two lines as one text, with a word parted at the line's end made whole.

    A hyphen stays in a word that the text elsewhere writes with one.
    """
    end, start = above[-1].text.rstrip(), below[0].text.lstrip()
    left = re.search(r"(\w+)[-\u00ad\u2010]$", end)
    right = re.match(r"\w+", start)
    if left is None or right is None or not (left[1][-1].isalpha() and right[0][0].islower()):
        return [*above[:-1], Run(end + " ", above[-1].bold), *below]
    kept = f"{left[1]}-{right[0]}".lower() in compounds
    end = end[:-1] + ("-" if kept else "")
    return [*above[:-1], Run(end, above[-1].bold), Run(start, below[0].bold), *below[1:]]


def _body_size(rows: Sequence[Row]) -> float:
    sizes: Counter[float] = Counter()
    for row in rows:
        for strip in row:
            sizes[strip.size] += len(strip.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_mostly_bold(rows: Sequence[Row]) -> bool:
    strips = [strip for row in rows for strip in row]
    bold = sum(len(strip.text) for strip in strips if strip.is_bold)
    return bold * 2 > sum(len(strip.text) for strip in strips)


def _leading(rows: Sequence[Row]) -> float:
    """Return the usual space between two lines of print, in points."""
    gaps = [
        below[0].top - above[0].bottom
        for above, below in pairwise(rows)
        if 0 < below[0].top - above[0].bottom < 2 * below[0].size
    ]
    return median(gaps) if gaps else 0.0


def _compounds(rows: Sequence[Row]) -> frozenset[str]:
    """Return the words that the text writes with a hyphen inside a line."""
    words = (w for row in rows for strip in row for w in re.findall(r"\w+-\w+", strip.text))
    return frozenset(word.lower() for word in words)


def _same_columns(first: Row, row: Row) -> bool:
    """Return whether two rows are parted at the same places."""
    return len(first) == len(row) and all(
        abs(a.x0 - b.x0) < NEAR or (a.x0 < b.x1 and b.x0 < a.x1)
        for a, b in zip(first, row, strict=True)
    )
