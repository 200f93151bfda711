"""Rebuilds the tree of a note whose depth shows in the order of its marks (*, →, -, ↳)."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from apps.extraction.documents import Block, BlockKind, Line, NodeKind, Reason
from apps.extraction.lexicon import words
from apps.extraction.lines import CHILD_MARKERS
from apps.extraction.noise import text_noise
from apps.extraction.outline.blocks import to_blocks
from apps.extraction.outline.sections import MAJOR, MINOR, Sections
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import clean_title, is_title

SAME_TITLE = 80
"""Similarity (0 to 100) from which a heading is the one its table of contents names."""
_SURE, _LIKELY, _GUESSED = 1.0, 0.8, 0.6


def build_markers(lines: Sequence[Line], tree: Tree, *, contents: tuple[str, ...]) -> None:
    """Add the sections and items of the note to the tree; marks nest in the order they appear."""
    blocks = [_as_heading(block, contents) for block in to_blocks(lines, tree)]
    sections = Sections(tree)
    stack: list[tuple[str, int]] = []
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            if _is_caption(blocks, place):
                tree.skip(block.span.first, Reason.CAPTION)
                continue
            level = MAJOR if block.level == MAJOR else MINOR
            sections.enter(block.text, block.span, level, _SURE if level == MAJOR else _LIKELY)
            stack.clear()
            continue
        marker = block.marker or "¶"
        if marker in CHILD_MARKERS:
            while stack and stack[-1][0] in CHILD_MARKERS:
                stack.pop()
        elif any(marker == held for held, _ in stack):
            while stack and stack.pop()[0] != marker:
                continue
        elif marker == "¶":
            stack.clear()
        parent = stack[-1][1] if stack else sections.current
        index = tree.add(
            NodeKind.ITEM if block.marker else NodeKind.PARA,
            block.text,
            block.span,
            parent,
            ordinal=block.ordinal,
            certainty=_SURE if not stack else _GUESSED,
            noise=text_noise(block.text, bulleted=bool(block.marker)),
        )
        if not _is_lone_parent(blocks, place):
            stack.append((marker, index))
        else:
            stack.append(("(group)", index))


def _as_heading(block: Block, contents: tuple[str, ...]) -> Block:
    """Return the block as a heading if the contents name it or a star sets it off."""
    title = clean_title(block.text).lower()
    if block.kind is BlockKind.HEADING or not block.marker:
        if any(
            fuzz.ratio(title, entry.lower()) >= SAME_TITLE or _begins(title, entry)
            for entry in contents[:60]
        ):
            return replace(block, kind=BlockKind.HEADING, level=MAJOR)
        if "→" in block.text or "," in block.text:
            return replace(block, kind=BlockKind.PARA)
        return replace(block, level=MINOR if contents else MAJOR)
    if block.marker == "*" and block.gap and block.loose and is_title(block.text):
        return replace(block, kind=BlockKind.HEADING, level=MINOR)
    return block


def _begins(title: str, entry: str) -> bool:
    return len(words(title)) >= 2 and entry.lower().startswith(title)


def _is_caption(blocks: Sequence[Block], place: int) -> bool:
    """A single word with nothing but another heading below it is the label of a lost drawing."""
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        block.level != MAJOR
        and len(words(block.text)) == 1
        and (after is None or after.kind is BlockKind.HEADING)
    )


def _is_lone_parent(blocks: Sequence[Block], place: int) -> bool:
    """Return whether an item stands alone between blank lines, with a list of its own mark next."""
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        bool(block.gap)
        and block.loose
        and after is not None
        and after.marker == block.marker
        and not after.loose
        and is_title(block.text)
    )
