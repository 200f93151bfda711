"""Rebuilds the tree of a note whose depth shows in the order of its marks (*, →, -, ↳)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from apps.extraction.documents import Block, BlockKind, Line, NodeKind, Reason
from apps.extraction.lexicon import words
from apps.extraction.lines import CHILD_MARKERS
from apps.extraction.noise import text_noise
from apps.extraction.outline.blocks import to_blocks
from apps.extraction.outline.rows import Rows
from apps.extraction.outline.sections import DETAIL, MAJOR, MINOR, Sections
from apps.extraction.outline.tree import UNSURE, Tree
from apps.extraction.quantities import find_quantities
from apps.extraction.titles import acronym_of, clean_title, is_generic, is_title, is_weak

SAME_TITLE = 80
"""Similarity (0 to 100) from which a heading is the one its table of contents names."""
MAX_CONTENTS = 60
FEW_WORDS = 2
MAX_STAR_WORDS = 4
_SIGN = re.compile(r"[→⇒]")
_SIGNS = re.compile(r"[=→⇒,]")
GUESSED = 0.6
INDENTED = 0.1
"""Share of the marked lines from which indents tell more than the marks."""
_CERTAINTY = {MAJOR: 1.0, MINOR: 0.8, DETAIL: 0.6}


def build_markers(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree; marks nest in the order they appear."""
    blocks = to_blocks(lines, tree)
    blocks = [_levelled(blocks, place, contents[:MAX_CONTENTS]) for place in range(len(blocks))]
    sections, rows = Sections(tree), Rows(tree)
    marks = _Marks(blocks, tree)
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.ROW:
            rows.add(block, sections.current)
        elif block.kind is not BlockKind.HEADING:
            marks.add(block, sections.current)
        elif _is_caption(blocks, place):
            tree.skip(block.span.first, Reason.CAPTION)
        else:
            title = clean_title(block.text)
            vague = block.level == DETAIL and is_weak(title) and not is_generic(title)
            sure = UNSURE if vague else _CERTAINTY[block.level]
            sections.enter(block.text, block.span, block.level, sure)
            marks.clear()


class _Marks:
    """The open marks of a walk, outermost first: each with its indent and its node."""

    def __init__(self, blocks: Sequence[Block], tree: Tree) -> None:
        marked = [block for block in blocks if block.marker]
        self._by_indent = sum(block.indent > 1 for block in marked) > INDENTED * len(marked)
        self._tree = tree
        self._stack: list[tuple[str, int, int]] = []

    def clear(self) -> None:
        """Close all marks."""
        self._stack.clear()

    def add(self, block: Block, section: int | None) -> None:
        """Hang an item below the open mark that differs from its own and came last.

        A few words beside a drawing open nothing and close nothing.
        """
        marker, stack = block.marker, self._stack
        noise = text_noise(block.text, bulleted=bool(marker))
        if noise is not None and not marker:
            self._tree.add(NodeKind.PARA, block.text, block.span, section, noise=noise)
            return
        self._close(block)
        jumps = bool(stack) and stack[-1][0] in CHILD_MARKERS and marker not in CHILD_MARKERS
        if jumps and block.indent <= stack[-1][1]:
            self._close_children()
            while stack and not stack[-1][0]:
                stack.pop()
        index = self._tree.add(
            NodeKind.ITEM if marker else NodeKind.PARA,
            block.text,
            block.span,
            stack[-1][2] if stack else section,
            ordinal=block.ordinal,
            certainty=(UNSURE if jumps else GUESSED) if stack else 1.0,
            noise=noise,
            breaks=block.breaks,
        )
        if marker or not (_SIGN.search(block.text) or find_quantities(block.text)):
            stack.append((marker, block.indent, index))

    def _close(self, block: Block) -> None:
        """Close the marks that a block does not stand below."""
        marker, stack = block.marker, self._stack
        if not marker:
            stack.clear()
        elif self._by_indent:
            self._close_by_indent(block)
        elif marker in CHILD_MARKERS:
            self._close_children()
        elif any(marker == held for held, _, _ in stack) and not self._is_below(block):
            while stack and stack.pop()[0] != marker:
                continue
            while stack and stack[-1][0] == marker and stack[-1][1] >= block.indent:
                stack.pop()

    def _is_below(self, block: Block) -> bool:
        """Return whether a list that hardly indents does so here, below a line that only names."""
        marker, indent, index = self._stack[-1]
        return (
            marker == block.marker
            and indent < block.indent
            and block.ordinal is None
            and is_title(self._tree[index].text)
            and not _SIGNS.search(self._tree[index].text)
        )

    def _close_by_indent(self, block: Block) -> None:
        """Close what stands deeper, and siblings; a child's mark hangs on the one at its indent."""
        stack = self._stack
        while stack and stack[-1][1] > block.indent:
            stack.pop()
        if block.marker in CHILD_MARKERS:
            self._close_children()
            return
        while stack and stack[-1][0] and stack[-1][1] == block.indent:
            stack.pop()

    def _close_children(self) -> None:
        while self._stack and self._stack[-1][0] in CHILD_MARKERS:
            self._stack.pop()


def _levelled(blocks: Sequence[Block], place: int, contents: tuple[str, ...]) -> Block:
    """Return a block as a heading of its level where the note sets it off as one.

    The contents name the highest; a star, an abbreviation spelt out or a line standing alone
    over a list of its own mark the next; a bare title is the lowest and the least sure.
    """
    block = blocks[place]
    if block.kind is BlockKind.ROW:
        return block
    if not block.marker and any(_is_entry(block.text, entry) for entry in contents):
        return replace(block, kind=BlockKind.HEADING, level=MAJOR)
    if block.kind is BlockKind.HEADING:
        if "→" in block.text or "," in block.text:
            return replace(block, kind=BlockKind.PARA)
        return replace(block, level=DETAIL if contents else MAJOR)
    if block.marker == "*" and _is_star_title(blocks, place):
        return replace(block, kind=BlockKind.HEADING, level=MINOR)
    set_off = bool(block.marker) and block.gap > 0 and block.loose and is_title(block.text)
    set_off = set_off and "," not in block.text.split("(", maxsplit=1)[0]
    spelt_out = acronym_of(block.text) is not None
    if set_off and (block.marker == "*" or spelt_out or _heads_list(blocks, place)):
        return replace(block, kind=BlockKind.HEADING, level=MINOR)
    return block


def _is_star_title(blocks: Sequence[Block], place: int) -> bool:
    """A short name behind a star, with anything but another star right below it, is a title."""
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        is_title(block.text)
        and len(words(block.text)) <= MAX_STAR_WORDS
        and ":" not in block.text.rstrip(":")
        and not _SIGNS.search(block.text)
        and after is not None
        and after.marker != "*"
        and after.gap <= 1
    )


def _is_entry(text: str, entry: str) -> bool:
    """Return whether a line is the heading a table of contents names, in full or in part."""
    title, named = clean_title(text).lower(), clean_title(entry).lower()
    if fuzz.ratio(title, named) >= SAME_TITLE:
        return True
    few, many = sorted((title, named), key=len)
    return (
        len(words(few)) >= FEW_WORDS and many.startswith(few) and len(words(many)) <= 2 * FEW_WORDS
    )


def _is_caption(blocks: Sequence[Block], place: int) -> bool:
    """A single word with nothing but another heading below it is the label of a lost drawing."""
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        block.level == DETAIL
        and len(words(block.text)) == 1
        and (after is None or after.kind is BlockKind.HEADING)
    )


def _heads_list(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a list with the block's own mark stands right below it."""
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return after is not None and after.marker == blocks[place].marker and not after.loose
