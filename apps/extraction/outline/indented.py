"""Rebuilds the tree of a note whose bullets show their depth by their indent."""

from collections.abc import Sequence

from apps.extraction.documents import Block, BlockKind, Line, NodeKind, Reason
from apps.extraction.noise import text_noise
from apps.extraction.outline.blocks import repeated_titles, to_blocks
from apps.extraction.outline.sections import Sections, with_levels
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import is_generic

ANONYMOUS_GAP = 2
"""Blank lines after which text without a heading no longer belongs to the heading above."""


def build_indented(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree."""
    blocks = with_levels(to_blocks(lines, tree))
    captions = repeated_titles(blocks) | _empty_runs(blocks)
    sections = Sections(tree)
    stack: list[tuple[int, int, Block]] = []
    for place, block in enumerate(blocks):
        if place in captions:
            tree.skip(block.span.first, Reason.CAPTION)
            continue
        if block.gap >= ANONYMOUS_GAP and place and not _opens_section(block):
            sections.leave()
            stack.clear()
        if block.kind is BlockKind.HEADING:
            sections.enter(block.text, block.span, block.level)
            stack.clear()
        elif block.kind is BlockKind.ITEM:
            _add_item(block, tree, sections, stack)
        else:
            index = tree.add_item(
                block.text,
                block.span,
                sections.current,
                kind=NodeKind.PARA,
                noise=text_noise(block.text, bulleted=False),
            )
            stack.clear()
            if block.text.endswith(":"):
                stack.append((-1, index, block))


def _add_item(
    block: Block, tree: Tree, sections: Sections, stack: list[tuple[int, int, Block]]
) -> None:
    """Hang an item on the nearest bullet with a smaller indent; steps hang on their opener."""
    numbered = block.ordinal is not None
    while stack and stack[-1][0] >= block.indent and not _holds_steps(stack[-1][2], numbered):
        stack.pop()
    parent = stack[-1][1] if stack else sections.current
    index = tree.add_item(
        block.text, block.span, parent, ordinal=block.ordinal, noise=text_noise(block.text)
    )
    stack.append((block.indent, index, block))


def _holds_steps(above: Block, numbered: bool) -> bool:
    return numbered and above.ordinal is None and above.text.endswith(":")


def _opens_section(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and not block.text.rstrip().endswith(":")


def _empty_runs(blocks: Sequence[Block]) -> set[int]:
    """Return the captions of lost images: set-off titles of one level with nothing below them.

    Generic titles stay, since notes keep their empty sections ("Limits") on purpose, and so
    does a title with a colon or one that stands right on the next line.
    """
    found: set[int] = set()
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if (
            block.kind is BlockKind.HEADING
            and block.loose
            and not is_generic(block.text)
            and block.ordinal is None
            and after is not None
            and after.kind is BlockKind.HEADING
            and after.level == block.level
            and _lowercase_tail(block.text)
        ):
            found.add(place)
    return found


def _lowercase_tail(text: str) -> bool:
    """Return whether a title reads like a description: a word after the first in lower case."""
    return any(word.islower() and len(word) > 3 for word in text.split()[1:])
