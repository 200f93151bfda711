"""Reads runs of lines with tabs as tables: a head, then a row for each line."""

from apps.extraction.documents import Block, NodeKind, Reason
from apps.extraction.outline.tree import Tree


class Rows:
    """Remembers the head of the table being read."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._head: list[str] = []
        self._last = 0

    def add(self, block: Block, section: int | None) -> None:
        """Add a row to the tree; the first line of a run gives the columns their names."""
        cells = [cell.strip() for cell in block.text.split("\t")]
        if not self._head or block.span.first > self._last + 1:
            self._head = cells
            self._tree.skip(block.span.first, Reason.STRUCTURE)
        elif cells[0]:
            named = zip(self._head[1:], cells[1:], strict=False)
            values = tuple((column, value) for column, value in named if column and value)
            self._tree.add(NodeKind.ROW, cells[0], block.span, section, cells=values)
        else:
            self._tree.skip(block.span.first, Reason.NO_SUBJECT)
        self._last = block.span.last
