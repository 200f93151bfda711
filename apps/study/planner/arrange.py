"""The order of a day: topics mixed, siblings apart, the most valuable still early."""

from collections import Counter

import numpy as np

from apps.study.planner.prompts import IntArray

WINDOW = 20
"""Topics are mixed among so many neighbours of the ranking: who stops early loses little."""


def arranged(topics: IntArray, cards: IntArray) -> IntArray:
    """A permutation of a day's prompts, which come best first.

    Two prompts of one card are never neighbours where that can be avoided.
    """
    mixed = np.concatenate(
        [
            begin + interleaved(topics[begin : begin + WINDOW])
            for begin in range(0, len(topics), WINDOW)
        ]
        or [np.zeros(0, np.int64)]
    )
    return mixed[apart(cards[mixed])]


def interleaved(topics: IntArray) -> IntArray:
    """A permutation that spreads each topic evenly, keeping the order inside it."""
    places = np.empty(len(topics))
    for topic in np.unique(topics):
        here = np.flatnonzero(topics == topic)
        places[here] = (np.arange(len(here)) + 0.5) / len(here)
    return np.argsort(places, kind="stable")


def apart(cards: IntArray) -> IntArray:
    """A permutation without equal neighbours, close to the order given, if there is one.

    At each place comes the first prompt of another card; a card that has half of all that is
    left comes as soon as it may, since otherwise its prompts would meet at the end.
    """
    if len(np.unique(cards)) == len(cards):
        return np.arange(len(cards))
    waiting = list(range(len(cards)))
    names = cards.tolist()
    left = Counter(names)
    order: list[int] = []
    while waiting:
        last = names[order[-1]] if order else None
        crowded = None
        if 2 * max(left.values()) > len(waiting):
            crowded = max(left, key=left.__getitem__)
        place = next(
            (
                i
                for i, each in enumerate(waiting)
                if names[each] != last and (crowded in (None, last) or names[each] == crowded)
            ),
            0,
        )
        chosen = waiting.pop(place)
        left[names[chosen]] -= 1
        order.append(chosen)
    return np.array(order, dtype=np.int64)
