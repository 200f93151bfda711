"""The price of a second of study on each day, at which what is wanted is what there is.

All exams of a learner buy their seconds at the same prices, so one second goes where it adds
most, and days before several exams become dear by themselves. Prices are in shares of an exam
(times its worth) per second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from apps.study.planner.demand import Situation, demand, situation
from apps.study.planner.prompts import BoolArray, Exam, FloatArray, study_seconds
from apps.study.planner.table import Terms

MOST_ROUNDS, FEWEST_ROUNDS = 14, 3
SETTLED = 0.25
"""A market that was known is left alone when it clears in all but for this logarithm."""
FLOOR = 6e-4
"""The lowest price, shared among all prompts: under it, time is worth nothing to the exam."""
FIRST_PRICE = 0.003
"""The price the first round begins with, shared among all prompts."""
REVIEW_SECONDS = 15
WARMTH, FIRST_WARMTH = 0.07, 0.2
"""How far choices are softened, as a share of the price of one review; falling by rounds."""
LEVEL_STEP, SHAPE_STEP, LONGEST_STEP = 0.8, 0.6, 1.2
"""How strongly a round moves all prices and each day's, in logarithms per logarithm of excess."""
BLUR = 0.25
"""Days differ in price over about a quarter of their distance to the exam."""
TAKEN_FOR_GRANTED = 0.02
"""This share of a mean day is added to both sides, so that empty days have a ratio."""


@dataclass(frozen=True)
class Market:
    """`prices` (T,) per second on each day from today up to the last exam; 0 on days off."""

    prices: FloatArray

    def charged(self, given: FloatArray) -> FloatArray:
        """The prices of these days (T,), inf where no seconds are given."""
        if not (self.prices > 0).any():
            return np.full(len(given), np.inf)
        return np.where(given > 0, carried_on(self, len(given)), np.inf)

    def stored(self) -> list[float]:
        return [float(f"{price:.6g}") for price in self.prices]

    @classmethod
    def restored(cls, stored: Sequence[float], days_since: int) -> Self:
        """A market stored `days_since` days ago, moved on to today."""
        return cls(np.asarray(stored[days_since:], dtype=np.float64))


def clear(
    exams: Sequence[Exam],
    seconds: ArrayLike,
    previous: Market | None = None,
    *,
    rounds: int | None = None,
) -> Market:
    """Find the prices at which all exams together want the seconds of each day.

    With the last known market a few rounds suffice; `rounds` asks for just so many. Raises
    ValueError where `seconds` does not reach up to the last exam.
    """
    given = study_seconds(exams, seconds)
    asking = [situation(exam) for exam in exams if len(exam.prompts)]
    is_open = given > 0
    if not asking or not is_open.any():
        return Market(np.zeros(len(given)))
    count = sum(len(each.terms.exam.prompts) for each in asking)
    known = previous is not None and bool((previous.prices > 0).any())
    prices = (
        carried_on(previous, len(given))
        if previous is not None and known
        else first_prices(asking, len(given), count)
    )
    blur = neighbours([each.terms.days for each in asking], len(given))
    most = rounds or MOST_ROUNDS
    floor, stride, before = FLOOR / count, LEVEL_STEP, 0.0
    for turn in range(most):
        if known and not rounds and turn >= FEWEST_ROUNDS and abs(before) < SETTLED:
            break
        cooled = 1.0 if known else min(turn / (0.7 * most), 1.0)
        warmth = FIRST_WARMTH * (WARMTH / FIRST_WARMTH) ** cooled
        wanted = wanted_at(asking, prices, is_open, warmth)
        total, shape = excess(wanted, given, blur, prices > floor * 1.01)
        # Where demand is so elastic that the last step went too far, the next one is half.
        stride = stride / 2 if total * before < 0 else min(stride * 1.2, LEVEL_STEP)
        before = total
        level = np.clip(stride * total, -LONGEST_STEP, LONGEST_STEP)
        own = np.clip(SHAPE_STEP * warmth * shape, -LONGEST_STEP, LONGEST_STEP)
        moved = prices * np.exp(np.where(np.isnan(shape), 0.0, level + own))
        prices = np.maximum(moved, floor)
    return Market(np.where(is_open, prices, 0.0))


def warmth_at(prices: FloatArray, terms: Terms, share: float = WARMTH) -> FloatArray:
    """The warmth (K,) in units of value at which one review's price is softened by `share`."""
    open_prices = prices[np.isfinite(prices)]
    if not len(open_prices):
        return np.ones(len(terms.weights))
    review: float = float(np.median(open_prices)) * REVIEW_SECONDS
    return share * review / terms.weights


def wanted_at(
    asking: Sequence[Situation], prices: FloatArray, is_open: BoolArray, share: float
) -> FloatArray:
    """The seconds (T,) that all exams together want on each day at these prices (T,)."""
    charged = np.where(is_open, prices, np.inf)
    wanted = np.zeros(len(prices))
    for each in asking:
        own = charged[: each.terms.days]
        wanted[: len(own)] += demand(each, own, warmth_at(own, each.terms, share)).seconds
    return wanted


def excess(
    wanted: FloatArray, given: FloatArray, blur: FloatArray, priced: BoolArray
) -> tuple[float, FloatArray]:
    """How much more is wanted than given, in logarithms: in all, and on each day beyond that.

    Each day is seen with its neighbourhood. Days off, and days that stand at the floor and still
    have time to spare, are left out (nan): their price does not move.
    """
    spare = TAKEN_FOR_GRANTED * given.mean()
    moving = (given > 0) & (priced | (wanted > given))
    if not moving.any():
        return 0.0, np.full(len(given), np.nan)
    total = float(np.log((wanted[moving].sum() + spare) / (given[moving].sum() + spare)))
    each = np.log((blur @ wanted + spare) / (blur @ given + spare))
    return total, np.where(moving, each - each[moving].mean(), np.nan)


def neighbours(exam_days: Sequence[int], days: int) -> FloatArray:
    """How much each day counts for another's price, (T, T): never across an exam."""
    ends = np.unique(exam_days)
    coming = np.searchsorted(ends, np.arange(days), side="right")
    left = np.log(ends[coming] - np.arange(days) + 1.0)
    near = np.exp(-0.5 * ((left[:, None] - left) / BLUR) ** 2)
    return np.where(coming[:, None] == coming, near, 0.0)


def first_prices(asking: Sequence[Situation], days: int, count: int) -> FloatArray:
    """Where the first round begins: dear before each exam."""
    prices = np.zeros(days)
    for each in asking:
        left = each.terms.days - np.arange(each.terms.days)
        ramp = FIRST_PRICE / count * (1 + 3 * np.exp(-left / 3))
        prices[: len(ramp)] = np.maximum(prices[: len(ramp)], ramp)
    return prices


def carried_on(previous: Market, days: int) -> FloatArray:
    """Yesterday's prices for `days` days: where it had days off or none, those nearby."""
    at = np.flatnonzero(previous.prices > 0)
    prices: FloatArray = np.interp(np.arange(days), at, previous.prices[at])
    return prices
