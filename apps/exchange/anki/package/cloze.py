"""Anki's cloze deletions: which of them count, which cards they make, and how they are written.

The rules are those of Anki's own parser: `{{c1::text::hint}}`, several numbers as in `{{c1,3::x}}`,
nesting up to ten deep, a deletion closes at the first `}}`. What does not follow them is plain
text here, where Anki would swallow it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.exchange.anki.package.text import clean, escape

MAX_DEPTH = 10
MAX_NUMBER = 500

_MARKER = re.compile(r"(\{\{c[0-9]{1,5}(?:,[0-9]{1,5})*::|\}\})")
_OPENING = re.compile(r"\{\{c([0-9]{1,5}(?:,[0-9]{1,5})*)::")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text: an opening with its numbers, a closing, or plain text."""

    text: str
    numbers: tuple[int, ...] = ()
    closes: bool = False


def ordinals(text: str) -> tuple[int, ...]:
    """The ordinals of the cards that a cloze text makes, ascending: number 1 makes ordinal 0."""
    numbers = {number for piece in _pieces(clean(text)) for number in piece.numbers}
    return tuple(number - 1 for number in sorted(numbers))


def to_html(text: str) -> str:
    """Typed cloze text as the HTML of a field; everything but the deletions is escaped."""
    return "".join(_written(piece) for piece in _pieces(clean(text)))


def _written(piece: _Piece) -> str:
    if piece.closes:
        return piece.text
    if piece.numbers:
        return "{{c" + ",".join(map(str, piece.numbers)) + "::"
    if _OPENING.fullmatch(piece.text):
        # Inside a deletion a bare `::` would be read as the start of its hint.
        return escape(piece.text).replace("::", "&#58;&#58;")
    return escape(piece.text)


def _pieces(text: str) -> Iterator[_Piece]:
    stretches = _MARKER.split(text)
    partners = _partners(stretches)
    for index, stretch in enumerate(stretches):
        if index not in partners:
            if stretch:
                yield _Piece(stretch)
        elif stretch == "}}":
            yield _Piece(stretch, closes=True)
        else:
            yield _Piece(stretch, numbers=_numbers(stretch))


def _partners(stretches: list[str]) -> set[int]:
    """The indexes of the openings and closings that belong together."""
    open_at: list[int] = []
    partners: set[int] = set()
    for index, stretch in enumerate(stretches):
        if stretch == "}}":
            if open_at:
                partners |= {open_at.pop(), index}
        elif _numbers(stretch) and len(open_at) < MAX_DEPTH:
            open_at.append(index)
    return partners


def _numbers(stretch: str) -> tuple[int, ...]:
    """The numbers of an opening, ascending; none if one of them makes no card in Anki."""
    opening = _OPENING.fullmatch(stretch)
    if opening is None:
        return ()
    numbers = sorted({int(digits) for digits in opening[1].split(",")})
    return tuple(numbers) if numbers[0] >= 1 and numbers[-1] <= MAX_NUMBER else ()
