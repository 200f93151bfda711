"""Reads the tables of a web page: data as rows, a page's layout as what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.extraction.documents import Span
from apps.extraction.readers.html.tree import CELLS, HEADINGS, LISTS, Element
from apps.extraction.readers.html.words import Words, collect

MAX_COLUMNS = 50
PAIR = 2
_PARTS = frozenset(("thead", "tbody", "tfoot"))
_BLOCKS_IN_CELLS = HEADINGS | LISTS | {"table", "pre", "dl", "article", "section"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of data; `has_head` says whether its first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[Span | None, ...]
    has_head: bool


def rows_of(table: Element) -> list[Element]:
    """Return a table's own rows, not those of tables in it."""
    rows: list[Element] = []
    for child in table.children:
        if isinstance(child, Element) and child.name == "tr":
            rows.append(child)
        elif isinstance(child, Element) and child.name in _PARTS:
            rows.extend(rows_of(child))
    return rows


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row."""
    return [each for each in row.children if isinstance(each, Element) and each.name in CELLS]


def is_layout(rows: Sequence[Element]) -> bool:
    """Return whether a table only places blocks: one column, or lists and headings in cells."""
    if all(len(cells_of(row)) <= 1 for row in rows):
        return True
    return any(
        below.name in _BLOCKS_IN_CELLS
        for row in rows
        for cell in cells_of(row)
        for below in cell.walk()
    )


def read_grid(rows: Sequence[Element]) -> Grid:
    """Return the texts of a table, with cells that span several rows or columns repeated."""
    table: list[list[str]] = []
    spans: list[Span | None] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        texts: list[str] = []
        places: list[Span] = []
        for cell in cells_of(row):
            _hang(texts, hanging)
            text, span = _read(cell)
            places += [span] if span is not None else []
            below = _count(cell.attrs.get("rowspan", ""))
            for _ in range(_count(cell.attrs.get("colspan", ""))):
                if below > 1:
                    hanging[len(texts)] = (below - 1, text)
                texts.append(text)
        _hang(texts, hanging)
        if any(texts):
            table.append(texts[:MAX_COLUMNS])
            spans.append(
                Span(min(p.first for p in places), max(p.last for p in places)) if places else None
            )
    width = max((len(row) for row in table), default=0)
    full = tuple((*row, *[""] * (width - len(row))) for row in table)
    return Grid(full, tuple(spans), _has_head(rows, full))


def _read(cell: Element) -> tuple[str, Span | None]:
    """Return the text of a cell, its lines joined, and where it stands."""
    words = Words()
    collect(cell, words)
    lines = words.take()
    if not lines:
        return "", None
    text = "; ".join(text.rstrip(";") for text, _ in lines)
    return text, Span(lines[0][1].first, lines[-1][1].last)


def _hang(texts: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells of rows above that hang down to this place."""
    while len(texts) in hanging:
        column = len(texts)
        left, text = hanging.pop(column)
        texts.append(text)
        if left > 1:
            hanging[column] = (left - 1, text)


def _count(text: str) -> int:
    return min(max(int(text), 1), MAX_COLUMNS) if text.isascii() and text.isdigit() else 1


def _has_head(rows: Sequence[Element], grid: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns: it says so, or there are several."""
    if len(grid) <= 1:
        return False
    cells = cells_of(rows[0])
    if cells and all(cell.name == "th" for cell in cells):
        return True
    if all(cell.name == "td" for row in rows for cell in cells_of(row)):
        bold = all(any(b.name in ("b", "strong") for b in cell.walk()) for cell in cells)
        return len(grid[0]) > PAIR or bool(cells and bold)
    return False
