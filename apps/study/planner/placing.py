"""Which day within the bounds of the fuzz a prompt comes back on."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.study.memory.fuzz import fuzz_bounds, fuzzed

BALANCED_DAYS = 90
"""Intervals beyond this are fuzzed evenly: too little is known yet of the days they fall on."""
SIBLING_DAYS = 5
SIBLING_PENALTY = 1e-3
"""How much less likely a day is that already holds a sibling; a neighbouring day is in between."""
LEAST_SHARE = 1e-3
"""What a day off counts for: it is taken only where the bounds hold no other day."""
WEEK = 7


@dataclass
class Placing:
    """The days ahead while prompts are put on them, one after the other.

    `shares` is what each day counts for, 1 for a usual one; `load` the prompts already on it.
    """

    shares: list[float]
    load: list[int]

    def day_of(self, ideal: float, elapsed: int, draw: float, siblings: Sequence[int]) -> int:
        """The day from today on which a prompt comes back that is best asked after `ideal` days.

        Days in the bounds are weighted by (share / load)^2 / interval, as Anki's balancer does
        with equal shares, and `draw` picks one. A day already gone keeps the weight of the
        coming week's mean: what was drawn yesterday is drawn again today.
        """
        lowest, highest = fuzz_bounds(ideal)
        if highest > BALANCED_DAYS:
            return fuzzed(ideal, draw) - elapsed
        if lowest == highest:
            return lowest - elapsed
        usual = max(sum(self.load[1 : WEEK + 1]) / WEEK, 1.0)
        weights = []
        for interval in range(lowest, highest + 1):
            day = interval - elapsed
            load = max(self.load[day], 1) / self.shares[day] if day >= 0 else usual
            weights.append(apart(day, siblings) / (load * load * interval))
        left = draw * sum(weights)
        for interval, weight in enumerate(weights, start=lowest):
            left -= weight
            if left < 0:
                return interval - elapsed
        return highest - elapsed

    def put(self, day: int) -> None:
        """Count a prompt on a day; what is overdue weighs on today."""
        if day < len(self.load):
            self.load[max(day, 0)] += 1


def apart(day: int, siblings: Sequence[int]) -> float:
    """How well a day keeps its distance from those of a prompt's siblings, up to 1."""
    nearest = min((abs(day - other) for other in siblings), default=SIBLING_DAYS + 1)
    return max(min(nearest / (SIBLING_DAYS + 1), 1.0), SIBLING_PENALTY)
