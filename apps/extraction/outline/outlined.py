"""Rebuilds the tree of a note without bullets whose depth shows in its indents alone."""

from collections.abc import Sequence

from apps.extraction.documents import Block, Line, NodeKind, Reason
from apps.extraction.lexicon import is_verb, words
from apps.extraction.noise import text_noise
from apps.extraction.outline.blocks import to_blocks
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import clean_title, is_title

MAX_HEAD_WORDS = 8
SECTION_DEPTH = 2
"""Depth down to which a title with a list below it is a section, not an item."""
_DRAWN = frozenset("|+/\\_-=<>^ ")
MOSTLY = 0.5


def build_outlined(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree, each below the nearest smaller indent.

    A title with further depth below it is a section; so is one that holds only items, where it
    stands high enough.
    """
    blocks = [block for block in to_blocks(lines, tree, wraps=False) if not _drawn(block, tree)]
    depths, heights = _measured(blocks)
    roots = sum(depth == 0 for depth in depths)
    highest = 1 if roots == 1 else 0
    stack: list[tuple[int, int, bool]] = []
    for block, depth, height in zip(blocks, depths, heights, strict=True):
        while stack and stack[-1][0] >= depth:
            stack.pop()
        parent = stack[-1][1] if stack else None
        under_section = not stack or stack[-1][2]
        section = under_section and _is_section(block, depth, height, highest)
        index = tree.add(
            NodeKind.SECTION if section else NodeKind.ITEM,
            clean_title(block.text) if section else block.text,
            block.span,
            parent,
            ordinal=None if section else block.ordinal,
            noise=None if section else text_noise(block.text),
            breaks=() if section else block.breaks,
        )
        stack.append((depth, index, section))


def _measured(blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
    """Return each block's depth in the outline and how many levels hang below it."""
    depths: list[int] = []
    heights = [0] * len(blocks)
    open_at: list[int] = []
    for place, block in enumerate(blocks):
        while open_at and blocks[open_at[-1]].indent >= block.indent:
            _close(open_at, heights)
        depths.append(len(open_at))
        open_at.append(place)
    while open_at:
        _close(open_at, heights)
    return depths, heights


def _close(open_at: list[int], heights: list[int]) -> None:
    place = open_at.pop()
    if open_at:
        heights[open_at[-1]] = max(heights[open_at[-1]], heights[place] + 1)


def _is_section(block: Block, depth: int, height: int, highest: int) -> bool:
    """Return whether a block heads a part of the note rather than saying something itself."""
    if not height or block.marker or not is_title(block.text) or "?" in block.text:
        return False
    tokens = words(block.text)
    if (
        len(tokens) > MAX_HEAD_WORDS
        or ": " in block.text
        or (tokens[0].islower() and is_verb(tokens[0]))
    ):
        return False
    return depth <= highest or (height > 1 and depth <= SECTION_DEPTH)


def _drawn(block: Block, tree: Tree) -> bool:
    """Leave lines out that draw a picture with marks."""
    marks = sum(char in _DRAWN for char in block.text if char != " ")
    drawn = marks > MOSTLY * len(block.text.replace(" ", ""))
    if drawn:
        for no in range(block.span.first, block.span.last + 1):
            tree.skip(no, Reason.RULE)
    return drawn
