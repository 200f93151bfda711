"""When a known prompt could be asked next, and what would become of it then."""

from dataclasses import dataclass

import numpy as np

from apps.study.planner.prompts import FloatArray, IntArray, Learner, TableArray
from apps.study.planner.transitions import GRID, gaps_up_to, outcomes, recall, seconds_of

LAST_DAYS = 6
"""Each of the last days is an option of its own: there the price moves fastest."""


@dataclass(frozen=True)
class Options:
    """n known prompts by C days on which each could be asked next; independent of prices.

    `days` (C,) counted from today; `seconds` (C, n) expected; `states` and `chances` (J, C, n)
    the states on the grid in which the prompt may end that day, the chances summing to 1.
    """

    days: IntArray
    seconds: TableArray
    states: IntArray
    chances: TableArray

    def values(self, table: TableArray, kinds: IntArray) -> TableArray:
        """What asking on each day leads to, (C, n), before its price is paid.

        `table` is (T, K, N), `kinds` (n,) the weight class of each prompt.
        """
        at = self._places(table.shape, kinds) + self.states
        worth: TableArray = np.einsum("jcn,jcn->cn", table.ravel()[at], self.chances)
        return worth

    def arrivals(
        self, asked: TableArray, kinds: IntArray, shape: tuple[int, int, int]
    ) -> TableArray:
        """Where the prompts end, (T, K, N), if `asked` (C, n) of each are asked on each day."""
        at = self._places(shape, kinds) + self.states
        masses = np.bincount(
            at.ravel(), (self.chances * asked).ravel(), minlength=int(np.prod(shape))
        )
        return masses.reshape(shape).astype(np.float32)

    def _places(self, shape: tuple[int, ...], kinds: IntArray) -> IntArray:
        return (self.days[:, None] * shape[1] + kinds) * shape[2]


def days_to_ask(days: int) -> IntArray:
    """The days worth looking at, of those from today to the day before the exam."""
    gaps = gaps_up_to(days)
    wanted = np.concatenate([[0], gaps, days - np.arange(1, LAST_DAYS + 1)])
    return np.unique(wanted[(wanted >= 0) & (wanted < days)])


def options_of(
    stability: FloatArray,
    difficulty: FloatArray,
    elapsed: IntArray,
    learner: Learner,
    days: IntArray,
) -> Options:
    """The options of known prompts, columns (n,), on the given days (C,) counted from today."""
    waited = (elapsed + days[:, None]).astype(np.float64)
    stability, difficulty = (np.broadcast_to(x, waited.shape) for x in (stability, difficulty))
    states, chances = [], []
    for share, after, harder in outcomes(stability, difficulty, waited, learner):
        at, weights = GRID.corners(after, harder)
        states.append(at)
        chances.append((weights * share).astype(np.float32))
    chance = recall(waited, stability * learner.scale, learner.parameters)
    return Options(
        days=days,
        seconds=seconds_of(chance, learner).astype(np.float32),
        states=np.concatenate(states),
        chances=np.concatenate(chances),
    )
