"""Rebuilds the tree of a note whose bullets show their depth by their indent."""

import re
from collections import Counter
from collections.abc import Sequence

from apps.extraction.documents import Block, BlockKind, Line, NodeKind, Reason, Span
from apps.extraction.lexicon import NAME
from apps.extraction.noise import text_noise
from apps.extraction.outline.blocks import to_blocks
from apps.extraction.outline.captions import (
    WIDE_GAP,
    find_captions,
    is_parted,
    without_table_heads,
)
from apps.extraction.outline.rows import Rows
from apps.extraction.outline.sections import MAJOR, Sections, with_levels
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import is_generic

_PLAIN_WORD = re.compile(r"^[A-Z][a-z]+$")
GUESSED = 0.6
MAX_TITLES = 20_000
"""Characters of titles that are searched for the name of a section."""
OFTEN = 2
"""Mentions that make a name the likely title of a section whose heading was lost."""


def build_indented(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree."""
    blocks = with_levels(without_table_heads(to_blocks(lines, tree)))
    _Indented(blocks, tree).build()


class _Indented:
    """Walks over the blocks with the open sections and the open bullets."""

    def __init__(self, blocks: Sequence[Block], tree: Tree) -> None:
        self._blocks = blocks
        self._tree = tree
        self._sections = Sections(tree)
        self._rows = Rows(tree)
        self._stack: list[tuple[int, int, Block]] = []
        titles = (block.text for block in blocks if block.kind is BlockKind.HEADING)
        self._titles = " ".join(titles)[:MAX_TITLES]

    def build(self) -> None:
        captions = find_captions(self._blocks)
        wide = False
        for place, block in enumerate(self._blocks):
            if place in captions or is_parted(self._blocks, place):
                self._tree.skip(block.span.first, Reason.CAPTION)
                wide = is_parted(self._blocks, place)
                continue
            if block.gap >= WIDE_GAP and place and not wide and not _opens_section(block):
                self._open_anonymous(place)
            wide = False
            self._add(block)

    def _add(self, block: Block) -> None:
        if block.kind is BlockKind.HEADING:
            self._sections.enter(block.text, block.span, block.level)
            self._stack.clear()
        elif block.kind is BlockKind.ROW:
            self._rows.add(block, self._sections.current)
        elif block.kind is BlockKind.ITEM:
            self._add_item(block)
        else:
            index = self._tree.add_item(
                block.text,
                block.span,
                self._sections.current,
                kind=NodeKind.PARA,
                noise=text_noise(block.text, bulleted=False),
                breaks=block.breaks,
            )
            self._stack.clear()
            if block.text.endswith(":"):
                self._stack.append((-1, index, block))

    def _add_item(self, block: Block) -> None:
        """Hang an item on the nearest bullet with a smaller indent; steps hang on their opener."""
        stack = self._stack
        while stack and stack[-1][0] >= block.indent and not _holds(stack[-1][2], block):
            stack.pop()
        parent = stack[-1][1] if stack else self._sections.current
        index = self._tree.add_item(
            block.text, block.span, parent, ordinal=block.ordinal, noise=text_noise(block.text),
            breaks=block.breaks,
        )  # fmt: skip
        stack.append((block.indent, index, block))

    def _open_anonymous(self, place: int) -> None:
        """Leave the section above a wide gap; open one named by what the text keeps naming."""
        self._sections.leave()
        self._stack.clear()
        counts: Counter[str] = Counter()
        for block in self._blocks[place : place + 60]:
            if _opens_section(block) and block.gap:
                break
            counts.update(
                match[0]
                for match in NAME.finditer(block.text)
                if match[0] in self._titles and _PLAIN_WORD.match(match[0]) is None
            )
        best = counts.most_common(1)
        if best and best[0][1] >= OFTEN:
            first = self._blocks[place].span.first
            index = self._sections.enter(best[0][0], Span(first, first), MAJOR, GUESSED)
            self._tree.unline(index)


def _holds(above: Block, block: Block) -> bool:
    """Return whether an item holds one of its own indent: steps an opener, points a number."""
    if block.ordinal is None:
        return above.ordinal is not None and above.indent == block.indent and not block.gap
    return above.ordinal is None and above.text.endswith(":")


def _opens_section(block: Block) -> bool:
    if block.kind is not BlockKind.HEADING:
        return False
    return block.loose or not block.text.rstrip().endswith(":") or is_generic(block.text)
