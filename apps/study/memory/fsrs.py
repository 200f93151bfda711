"""FSRS-6: how memory of one prompt changes with each answer, and when to ask again.

Source: the published FSRS-6 algorithm of open-spaced-repetition (py-fsrs 6.3, fsrs-rs 6.6).
Stability is the number of days after which recall has a chance of 90 %; difficulty lies in
[1, 10]. All arithmetic is in f64. Elapsed time is in whole local days (see `days`).
"""

from collections.abc import Sequence
from enum import IntEnum
from math import exp, pow
from typing import NamedTuple

DEFAULT_PARAMETERS: tuple[float, ...] = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
    0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
PARAMETER_COUNT = 21

MIN_STABILITY, MAX_STABILITY = 0.001, 36_500.0
MIN_DIFFICULTY, MAX_DIFFICULTY = 1.0, 10.0
MAX_INTERVAL = 36_500


class Rating(IntEnum):
    """How well a prompt was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


RATINGS = frozenset(map(int, Rating))


class Memory(NamedTuple):
    """What is known of one person's memory of one prompt, right after an answer."""

    stability: float
    difficulty: float


def next_memory(
    memory: Memory | None,
    rating: int,
    elapsed_days: int,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
) -> Memory:
    """The memory after an answer `elapsed_days` whole days after the last one.

    `memory` is None for the first answer ever, whose elapsed days do not count. Raises
    ValueError for a rating outside 1 to 4, negative days or parameters that are not 21.
    """
    if rating not in RATINGS:
        raise ValueError(f"A rating is 1, 2, 3 or 4, not {rating}.")
    w = checked(parameters)
    if elapsed_days < 0:
        raise ValueError("Elapsed days cannot be negative.")
    if memory is None:
        return Memory(
            stability=bounded_stability(w[rating - 1]),
            difficulty=bounded_difficulty(first_difficulty(rating, w)),
        )
    if elapsed_days == 0:
        stability = same_day_stability(memory, rating, w)
    elif rating == Rating.AGAIN:
        stability = lapsed_stability(memory, elapsed_days, w)
    else:
        stability = recalled_stability(memory, rating, elapsed_days, w)
    return Memory(bounded_stability(stability), next_difficulty(memory.difficulty, rating, w))


def retrievability(
    stability: float, elapsed_days: float, parameters: Sequence[float] = DEFAULT_PARAMETERS
) -> float:
    """The chance of recall, 0 to 1, `elapsed_days` after the last answer."""
    decay = -checked(parameters)[20]
    factor = pow(0.9, 1 / decay) - 1
    return pow(1 + factor * elapsed_days / stability, decay)


def interval_days(
    stability: float,
    desired_retention: float,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
) -> int:
    """The whole days until recall falls to `desired_retention`, from 1 to 36,500."""
    if not 0 < desired_retention < 1:
        raise ValueError("Desired retention lies between 0 and 1.")
    decay = -checked(parameters)[20]
    factor = pow(0.9, 1 / decay) - 1
    days = stability / factor * (pow(desired_retention, 1 / decay) - 1)
    return min(max(round(days), 1), MAX_INTERVAL)


def checked(parameters: Sequence[float]) -> Sequence[float]:
    if len(parameters) != PARAMETER_COUNT:
        raise ValueError(f"FSRS-6 has {PARAMETER_COUNT} parameters, not {len(parameters)}.")
    return parameters


def bounded_stability(stability: float) -> float:
    return min(max(stability, MIN_STABILITY), MAX_STABILITY)


def bounded_difficulty(difficulty: float) -> float:
    return min(max(difficulty, MIN_DIFFICULTY), MAX_DIFFICULTY)


def first_difficulty(rating: int, w: Sequence[float]) -> float:
    """D0, not yet bounded: mean reversion aims at the unbounded value for Easy."""
    return w[4] - exp(w[5] * (rating - 1)) + 1


def next_difficulty(difficulty: float, rating: int, w: Sequence[float]) -> float:
    damped = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    return bounded_difficulty(w[7] * first_difficulty(Rating.EASY, w) + (1 - w[7]) * damped)


def recalled_stability(memory: Memory, rating: int, elapsed_days: int, w: Sequence[float]) -> float:
    recall = retrievability(memory.stability, elapsed_days, w)
    growth = (
        exp(w[8])
        * (11 - memory.difficulty)
        * pow(memory.stability, -w[9])
        * (exp(w[10] * (1 - recall)) - 1)
    )
    if rating == Rating.HARD:
        growth *= w[15]
    elif rating == Rating.EASY:
        growth *= w[16]
    return memory.stability * (1 + growth)


def lapsed_stability(memory: Memory, elapsed_days: int, w: Sequence[float]) -> float:
    recall = retrievability(memory.stability, elapsed_days, w)
    forgotten = (
        w[11]
        * pow(memory.difficulty, -w[12])
        * (pow(memory.stability + 1, w[13]) - 1)
        * exp(w[14] * (1 - recall))
    )
    return min(forgotten, memory.stability / exp(w[17] * w[18]))


def same_day_stability(memory: Memory, rating: int, w: Sequence[float]) -> float:
    increase = exp(w[17] * (rating - 3 + w[18])) * pow(memory.stability, -w[19])
    if rating >= Rating.HARD:
        increase = max(increase, 1.0)
    return memory.stability * increase
