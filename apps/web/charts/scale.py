"""From values to places in a drawing."""

import math
from dataclasses import dataclass

# A drawing is this many units wide and high, its labels included; the page scales it.
WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 28
SMALLEST = 1e-9


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands and what it says."""

    at: float
    label: str


@dataclass(frozen=True)
class Scale:
    """A linear map from [low, high] to [start, end]; a range without length maps to `start`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def across(low: float, high: float) -> Scale:
    """From left to right."""
    return Scale(low, high, LEFT, WIDTH - RIGHT)


def upwards(low: float, high: float) -> Scale:
    """From the bottom to the top, where SVG counts downwards."""
    return Scale(low, high, HEIGHT - BOTTOM, TOP)


def spread_evenly(count: int, most: int) -> list[int]:
    """At most `most` of the indices 0 … count-1, evenly apart, the first and the last included."""
    if count <= most:
        return list(range(count))
    return [round(i * (count - 1) / (most - 1)) for i in range(most)]


def round_top(value: float) -> float:
    """The next 1, 2 or 5 times a power of ten, so that an axis ends on a round number.

    What is as good as nothing gets an axis to 1.
    """
    if value < SMALLEST:
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    return next((power * step for step in (1, 2, 5) if power * step >= value), power * 10)
