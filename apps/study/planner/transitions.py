"""FSRS-6 on columns, and where a prompt's memory goes next, as a matrix over a grid of states.

The same arithmetic as `memory.fsrs`, which stays the reference (a property test holds both
equal); here it takes numpy arrays of any one shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

import numpy as np

from apps.study.memory import fsrs
from apps.study.planner.prompts import FloatArray, IntArray, Learner, TableArray

# How often each rating is given first, and how often Hard, Good and Easy are given on recall
# (fsrs-rs, simulation defaults: medians of Anki's users).
FIRST_RATINGS = (0.24, 0.094, 0.495, 0.171)
RATINGS_ON_RECALL = {2: 0.224, 3: 0.631, 4: 0.145}
LONGEST_GAP_DAYS = 180


def recall(elapsed: FloatArray | float, stability: FloatArray, w: Sequence[float]) -> FloatArray:
    """The chance of recall `elapsed` days after an answer that left `stability`."""
    factor = 0.9 ** (-1 / w[20]) - 1
    chance: FloatArray = (1 + factor * elapsed / stability) ** -w[20]
    return chance


def next_stability(
    stability: FloatArray,
    difficulty: FloatArray,
    chance: FloatArray,
    rating: int,
    w: Sequence[float],
) -> FloatArray:
    """Stability after an answer given at least a day after the last, recalled with `chance`."""
    if rating == fsrs.Rating.AGAIN:
        after = np.minimum(
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1) ** w[13] - 1)
            * np.exp(w[14] * (1 - chance)),
            stability / exp(w[17] * w[18]),
        )
    else:
        growth = (
            exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (np.exp(w[10] * (1 - chance)) - 1)
        )
        after = stability * (1 + growth * {2: w[15], 4: w[16]}.get(rating, 1.0))
    return np.clip(after, fsrs.MIN_STABILITY, fsrs.MAX_STABILITY)


def same_day_stability(stability: FloatArray, rating: int, w: Sequence[float]) -> FloatArray:
    """Stability after another answer on the same day."""
    increase = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    if rating >= fsrs.Rating.HARD:
        increase = np.maximum(increase, 1.0)
    return np.clip(stability * increase, fsrs.MIN_STABILITY, fsrs.MAX_STABILITY)


def next_difficulty(difficulty: FloatArray, rating: int, w: Sequence[float]) -> FloatArray:
    """Difficulty after any answer but the first."""
    damped = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    mean = fsrs.first_difficulty(fsrs.Rating.EASY, w)
    return np.clip(w[7] * mean + (1 - w[7]) * damped, fsrs.MIN_DIFFICULTY, fsrs.MAX_DIFFICULTY)


Outcome = tuple[FloatArray, FloatArray, FloatArray]
"""The chance of an answer, and the stability and difficulty it leaves at the day's end."""


def outcomes(
    stability: FloatArray, difficulty: FloatArray, elapsed: FloatArray | float, learner: Learner
) -> Iterator[Outcome]:
    """What one more study of a known prompt may lead to.

    Growth, too, is foretold from the stability in the learner's own scale: who forgets faster
    has more to gain from an answer after the same wait. What is returned is again without the
    scale, like what was given. What was forgotten is asked again the same day and then known.
    """
    w, scaled = learner.parameters, stability * learner.scale
    chance = recall(elapsed, scaled, w)
    for rating, share in RATINGS_ON_RECALL.items():
        yield (
            share * chance,
            next_stability(scaled, difficulty, chance, rating, w) / learner.scale,
            next_difficulty(difficulty, rating, w),
        )
    lapsed = next_stability(scaled, difficulty, chance, fsrs.Rating.AGAIN, w)
    yield (
        1 - chance,
        same_day_stability(lapsed, fsrs.Rating.GOOD, w) / learner.scale,
        next_difficulty(difficulty, fsrs.Rating.AGAIN, w),
    )


def first_outcomes(learner: Learner) -> Iterator[Outcome]:
    """What meeting a new prompt may lead to; each column has one row."""
    w = learner.parameters
    for rating, share in enumerate(FIRST_RATINGS, start=1):
        memory = fsrs.next_memory(None, rating, 0, w)
        if rating == fsrs.Rating.AGAIN:
            memory = fsrs.next_memory(memory, fsrs.Rating.GOOD, 0, w)
        yield np.array([share]), np.array([memory.stability]), np.array([memory.difficulty])


def seconds_of(chance: FloatArray, learner: Learner) -> FloatArray:
    """Expected seconds of asking a known prompt that is recalled with `chance`."""
    return chance * learner.pace.passed + (1 - chance) * learner.pace.failed


@dataclass(frozen=True)
class StateGrid:
    """Stabilities (days, evenly spaced in logarithm) by difficulties, flattened row by row."""

    stabilities: FloatArray
    difficulties: FloatArray

    @property
    def size(self) -> int:
        return len(self.stabilities) * len(self.difficulties)

    def states(self) -> tuple[FloatArray, FloatArray]:
        """Stability and difficulty of every state, each (size,)."""
        difficulty, stability = np.meshgrid(self.difficulties, self.stabilities, indexing="ij")
        return stability.ravel(), difficulty.ravel()

    def corners(self, stability: FloatArray, difficulty: FloatArray) -> tuple[IntArray, FloatArray]:
        """The four states around each point and their bilinear weights, each (4, *shape)."""
        low, high = np.log(self.stabilities[[0, -1]])
        count = len(self.stabilities)
        x = np.clip((np.log(stability) - low) / (high - low), 0, 1) * (count - 1)
        i = np.minimum(x.astype(np.int64), count - 2)
        f = x - i
        j = np.searchsorted(self.difficulties, difficulty, side="right") - 1
        j = np.clip(j, 0, len(self.difficulties) - 2)
        width = self.difficulties[j + 1] - self.difficulties[j]
        h = np.clip((difficulty - self.difficulties[j]) / width, 0, 1)
        at = j * count + i
        states = np.stack([at, at + 1, at + count, at + count + 1])
        weights = np.stack([(1 - f) * (1 - h), f * (1 - h), (1 - f) * h, f * h])
        return states, weights


GRID = StateGrid(np.geomspace(0.05, 1000, 18), np.array([1.0, 6.0, 8.5, 10.0]))
"""Fine enough: twice as many points each way change no exam score by what could be measured."""


@dataclass(frozen=True)
class Transitions:
    """Every state of the grid, asked again after each gap; G gaps, N states.

    `gaps` (G,) in days; `seconds` (G, N) expected; `moves` (G, N, N): row s is the distribution
    over the states in which a prompt of state s ends that day, `back` the same transposed;
    `first` (N,) the distribution after a new prompt's first day; `stability` (N,) in days with
    the learner's scale.
    """

    gaps: IntArray
    seconds: TableArray
    moves: TableArray
    back: TableArray
    first: TableArray
    stability: FloatArray


def gaps_up_to(days: int) -> IntArray:
    """Gaps in days: every one of the first eight, then about a fifth apart."""
    gaps = list(range(1, 9))
    while gaps[-1] < min(days, LONGEST_GAP_DAYS):
        gaps.append(max(gaps[-1] + 2, round(gaps[-1] * 1.18)))
    return np.array([gap for gap in gaps if gap <= days], dtype=np.int64)


@lru_cache(maxsize=64)
def transitions(learner: Learner) -> Transitions:
    """The transitions of a learner; kept for the last 64 of them (about 1.2 MB each)."""
    gaps = gaps_up_to(LONGEST_GAP_DAYS)
    shape = (len(gaps), GRID.size)
    stability, difficulty = (np.broadcast_to(column, shape) for column in GRID.states())
    elapsed = gaps[:, None].astype(np.float64)
    chance = recall(elapsed, stability * learner.scale, learner.parameters)
    flat = np.zeros(len(gaps) * GRID.size * GRID.size)
    rows = np.arange(len(gaps) * GRID.size).reshape(shape) * GRID.size
    for share, after, harder in outcomes(stability, difficulty, elapsed, learner):
        for state, weight in zip(*GRID.corners(after, harder), strict=True):
            flat += np.bincount(
                (rows + state).ravel(), (share * weight).ravel(), minlength=len(flat)
            )
    first = np.zeros(GRID.size)
    for share, after, harder in first_outcomes(learner):
        states, weights = GRID.corners(after, harder)
        np.add.at(first, states.ravel(), (share * weights).ravel())
    moves = flat.reshape(len(gaps), GRID.size, GRID.size).astype(np.float32)
    return Transitions(
        gaps=gaps,
        seconds=seconds_of(chance, learner).astype(np.float32),
        moves=moves,
        back=np.ascontiguousarray(moves.transpose(0, 2, 1)),
        first=first.astype(np.float32),
        stability=GRID.states()[0] * learner.scale,
    )
