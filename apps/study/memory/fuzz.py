"""How far an interval may be moved, so that prompts learnt together do not stay together.

The bounds are Anki's: within a twentieth to a seventh of the interval, at least a day, and none
below two and a half days. The draw is a function of the prompt and of how often it was answered:
what a button announces is what happens, and every device and every replay draws the same.
"""

from math import floor
from uuid import UUID

from apps.study.memory.fsrs import MAX_INTERVAL

LEAST_FUZZED = 2.5
# From this day, to this day, so much of each day is added to the reach either way.
REACHES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
WORD = (1 << 64) - 1
GOLDEN, FIRST_MIX, SECOND_MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def fuzz_bounds(interval: float, longest: int = MAX_INTERVAL) -> tuple[int, int]:
    """The first and the last whole day that an interval (days) may be moved to, both allowed.

    20 gives 17 to 23. From 3 on there is always a choice, except at `longest`.
    """
    within = min(max(interval, 1.0), float(longest))
    reach = 0.0
    if within >= LEAST_FUZZED:
        reach = 1.0 + sum(share * max(min(within, to) - since, 0.0) for since, to, share in REACHES)
    return max(half_up(within - reach), 1), min(half_up(within + reach), longest)


def fuzzed(interval: float, fraction: float, longest: int = MAX_INTERVAL) -> int:
    """A whole day within the bounds, each equally likely for a `fraction` drawn from [0, 1)."""
    lowest, highest = fuzz_bounds(interval, longest)
    return lowest + floor(fraction * (highest - lowest + 1))


def prompt_seed(card: UUID, ordinal: int) -> int:
    """A number of 63 bits that belongs to a prompt."""
    return mixed((card.int >> 64) ^ (card.int & WORD) ^ mixed(ordinal)) >> 1


def fraction(seed: int, reps: int) -> float:
    """The draw from [0, 1) of a prompt after so many answers."""
    return (mixed(seed + reps * GOLDEN) >> 11) * 2.0**-53


def mixed(number: int) -> int:
    """SplitMix64's finaliser (Steele, Lea and Flood 2014): every bit depends on every bit."""
    word = (number + GOLDEN) & WORD
    word = ((word ^ (word >> 30)) * FIRST_MIX) & WORD
    word = ((word ^ (word >> 27)) * SECOND_MIX) & WORD
    return word ^ (word >> 31)


def half_up(number: float) -> int:
    return floor(number + 0.5)
