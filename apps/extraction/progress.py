"""Tells how far a stage is while it works through many things."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Tell = Callable[[float], None]
"""Takes the share of a stage that is done, from 0 to 1."""
OFTEN = 1000
"""Things between two tellings: some tenths of a second of work."""


def unheard(share: float) -> None:
    """Tell nobody."""


def watched(things: Sequence[T], tell: Tell) -> Iterator[T]:
    """Yield the things one by one, telling now and then which share of them is done."""
    for place, thing in enumerate(things):
        if place and place % OFTEN == 0:
            tell(place / len(things))
        yield thing
