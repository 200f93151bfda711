"""Finds the titles that are no headings: captions of pictures the copy left behind."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from apps.extraction.documents import Block, BlockKind
from apps.extraction.lexicon import STOP_WORDS, words
from apps.extraction.titles import clean_title, is_generic

WIDE_GAP = 2
"""Blank lines that part two pieces of a page, not two lines of a section."""
_LONG = 3
_ARROW = re.compile(r"→|⇒|->|=>")
"""The sign of a note taken: no caption says what leads to what."""
_PICTURE = re.compile(r"\b(?:architecture|diagram|overview|notations?|reference|flow)\b", re.I)


def without_table_heads(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the first line of a flattened table as text, not as a heading."""
    mended = list(blocks)
    for place in range(1, len(blocks) - 1):
        above, block, below = mended[place - 1], blocks[place], blocks[place + 1]
        if (
            block.kind is BlockKind.HEADING
            and above.kind is BlockKind.HEADING
            and not block.gap
            and below.kind is BlockKind.PARA
            and not below.gap
        ):
            mended[place] = replace(block, kind=BlockKind.PARA)
    return mended


def find_captions(blocks: Sequence[Block]) -> set[int]:
    """Return the places of the headings that are captions.

    A caption repeats the heading beside it, or takes up all words of the one right above; or it
    reads like a description and has nothing below it but another title of its own level.
    """
    found: set[int] = set()
    for place, (above, block) in enumerate(pairwise(blocks), start=1):
        if above.kind is BlockKind.HEADING and block.kind is BlockKind.HEADING:
            if _title(above) == _title(block):
                found.update((place - 1, place))
            elif block.gap and block.loose and _takes_up(block, above):
                found.add(place)
            elif above.loose and above.level == block.level and _describes(above):
                found.add(place - 1)
    return found


def is_parted(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a caption with a wide gap below it leaves the section above it open."""
    block, below = blocks[place], blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        block.kind is BlockKind.HEADING
        and below is not None
        and below.kind is BlockKind.ITEM
        and below.gap >= WIDE_GAP
        and place > 0
        and blocks[place - 1].kind is BlockKind.HEADING
        and block.gap < WIDE_GAP
    )


def _title(block: Block) -> str:
    return clean_title(block.text).lower()


def _takes_up(block: Block, above: Block) -> bool:
    """Return whether a title says the one above again, with the words of a picture's name."""
    known, said = _content(above), _content(block)
    shared = known & said
    return (
        bool(known)
        and len(said) > len(shared) > 0
        and known <= said
        and (is_generic(above.text) or _PICTURE.search(block.text) is not None)
    )


def _content(block: Block) -> set[str]:
    return {word.lower() for word in words(_title(block)) if word not in STOP_WORDS}


def _describes(block: Block) -> bool:
    """Return whether a title reads like a description, with longer words in lower case."""
    if is_generic(block.text) or block.ordinal is not None or _ARROW.search(block.text):
        return False
    return any(word.islower() and len(word) > _LONG for word in block.text.split()[1:])
