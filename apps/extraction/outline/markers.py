"""Rebuilds the tree of a note whose depth shows in the order of its marks (*, →, -, ↳)."""

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
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import acronym_of, clean_title, is_title

SAME_TITLE = 80
"""Similarity (0 to 100) from which a heading is the one its table of contents names."""
MAX_CONTENTS = 60
FEW_WORDS = 2
GUESSED = 0.6
_CERTAINTY = {MAJOR: 1.0, MINOR: 0.8, DETAIL: 0.6}


def build_markers(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree; marks nest in the order they appear."""
    blocks = to_blocks(lines, tree)
    blocks = [_levelled(blocks, place, contents[:MAX_CONTENTS]) for place in range(len(blocks))]
    sections, rows = Sections(tree), Rows(tree)
    stack: list[tuple[str, int]] = []
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.ROW:
            rows.add(block, sections.current)
        elif block.kind is not BlockKind.HEADING:
            _add(block, tree, sections.current, stack)
        elif _is_caption(blocks, place):
            tree.skip(block.span.first, Reason.CAPTION)
        else:
            sections.enter(block.text, block.span, block.level, _CERTAINTY[block.level])
            stack.clear()


def _add(block: Block, tree: Tree, section: int | None, stack: list[tuple[str, int]]) -> None:
    """Hang an item below the open mark that differs from its own and came last."""
    marker = block.marker
    if marker in CHILD_MARKERS:
        while stack and stack[-1][0] in CHILD_MARKERS:
            stack.pop()
    elif not marker:
        stack.clear()
    elif any(marker == held for held, _ in stack):
        while stack and stack.pop()[0] != marker:
            continue
    index = tree.add(
        NodeKind.ITEM if marker else NodeKind.PARA,
        block.text,
        block.span,
        stack[-1][1] if stack else section,
        ordinal=block.ordinal,
        certainty=GUESSED if stack else 1.0,
        noise=text_noise(block.text, bulleted=bool(marker)),
    )
    stack.append((marker, index))


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
    set_off = bool(block.marker) and block.gap > 0 and block.loose and is_title(block.text)
    spelt_out = acronym_of(block.text) is not None
    if set_off and (block.marker == "*" or spelt_out or _heads_list(blocks, place)):
        return replace(block, kind=BlockKind.HEADING, level=MINOR)
    return block


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
