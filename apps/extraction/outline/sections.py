"""Gives the headings of a note without heading marks their depth."""

import re
from collections.abc import Sequence
from dataclasses import replace

from apps.extraction.documents import Block, BlockKind, Node, NodeKind, Span
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import clean_title, is_generic

_NUMBERED = re.compile(r"^\d{1,2}\.\s+\D")
FEW = 3
"""Numbered headings that make the numbers a system."""
MAJOR, MINOR, DETAIL = 1, 2, 3


def with_levels(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with every heading's level set by what the note itself shows.

    Numbers mark the highest level where a note numbers its headings. Otherwise a heading set
    off by blank lines on both sides is higher than one that stands right on its text, and a
    generic title ("Limits") is always below the last telling one.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    numbered = sum(_is_numbered(block) for block in headings) >= FEW
    set_off = sum(block.loose for block in headings)
    mixed = 0 < set_off < len(headings)
    return [
        replace(block, level=_level(block, numbered, mixed))
        if block.kind is BlockKind.HEADING
        else block
        for block in blocks
    ]


def _is_numbered(block: Block) -> bool:
    return block.ordinal is not None or _NUMBERED.match(block.text) is not None


def _level(block: Block, numbered: bool, mixed: bool) -> int:
    if numbered and _is_numbered(block):
        return MAJOR
    generic = is_generic(block.text)
    if numbered:
        return DETAIL if generic else MINOR
    if generic:
        return DETAIL if not mixed else MINOR
    return MINOR if mixed and not (block.loose and (block.gap or block.span.first == 1)) else MAJOR


class Sections:
    """The open sections of a walk through a note, outermost first."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._open: list[tuple[int, int]] = []

    @property
    def current(self) -> int | None:
        """The node of the innermost open section."""
        return self._open[-1][1] if self._open else None

    def enter(self, title: str, span: Span, level: int, certainty: float = 1.0) -> int:
        """Close the sections of this level and below, open a new one, return its node."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        index = self._tree.add(
            NodeKind.SECTION, clean_title(title), span, self.current, certainty=certainty
        )
        self._open.append((level, index))
        return index

    def leave(self) -> None:
        """Close every section: what follows belongs to none of them."""
        self._open.clear()

    def node(self) -> Node | None:
        """Return the innermost open section."""
        return None if self.current is None else self._tree[self.current]
