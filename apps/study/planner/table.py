"""What each state of memory is worth, on each day until the exam, when seconds have a price.

A prompt of weight w is asked on a day only where that raises what it adds to the exam by more
than the price of its seconds. Backward from the exam, the value of a state is the best of
leaving it alone and of asking it again after each gap (a Lagrangian of the learner's time, solved
by dynamic programming). Values are in units of the prompt's weight: 1 is sure recall.
"""

from dataclasses import dataclass

import numpy as np

from apps.study.planner.prompts import Exam, FloatArray, IntArray, TableArray
from apps.study.planner.transitions import GRID, Transitions, recall, transitions

WEIGHT_CLASSES = 8
LIGHTEST = 1e-3
"""Lighter prompts than this share of the heaviest are planned as if they weighed so much."""
DAYS_KEPT_AFTER = 30


@dataclass(frozen=True)
class Terms:
    """An exam in the planner's terms: T days, K classes of weight, N states.

    `weights` (K,) as a share of the exam times the exam's worth; `kinds` (n,) the class of each
    prompt; `unseen` (K,) how many were never answered; `end` (T, N) what a state reached on each
    day is worth if it is never asked again.
    """

    exam: Exam
    moves: Transitions
    weights: FloatArray
    kinds: IntArray
    unseen: FloatArray
    end: TableArray

    @property
    def days(self) -> int:
        return self.exam.days

    @property
    def shape(self) -> tuple[int, int, int]:
        return self.days, len(self.weights), GRID.size


def terms_of(exam: Exam) -> Terms:
    weights, kinds = weight_classes(exam.prompts.weight * exam.worth)
    moves = transitions(exam.learner)
    waits = (exam.days - np.arange(exam.days)).astype(np.float64)[:, None]
    return Terms(
        exam=exam,
        moves=moves,
        weights=weights,
        kinds=kinds,
        unseen=np.bincount(kinds[exam.prompts.is_new], minlength=len(weights)).astype(np.float64),
        end=kept_recall(exam, waits, moves.stability).astype(np.float32),
    )


def weight_classes(weights: FloatArray) -> tuple[FloatArray, IntArray]:
    """At most `WEIGHT_CLASSES` weights, and which of them stands for each prompt."""
    if not len(weights) or weights.max() <= 0:
        return np.array([1.0]), np.zeros(len(weights), np.int64)
    weights = np.maximum(weights, weights.max() * LIGHTEST)
    distinct, kinds = np.unique(weights, return_inverse=True)
    if len(distinct) <= WEIGHT_CLASSES:
        return distinct, kinds
    classes = np.geomspace(distinct[0], distinct[-1], WEIGHT_CLASSES)
    borders = np.sqrt(classes[1:] * classes[:-1])
    return classes, np.searchsorted(borders, weights)


def kept_recall(exam: Exam, wait: FloatArray, stability: FloatArray) -> FloatArray:
    """What recall `wait` days later, on the exam's day, counts; `stability` has its scale."""
    w = exam.learner.parameters
    chance = recall(wait, stability, w)
    if exam.keep == 0:
        return chance
    later = recall(wait + DAYS_KEPT_AFTER, stability, w)
    return (1 - exam.keep) * chance + exam.keep * later


@dataclass(frozen=True)
class ValueTable:
    """Values (T, K, N) of states in which a prompt ends each day.

    Where the choice is soft, `chances` has for each day the chance (G, K, N) of asking again
    after each gap, and `stops` (T, K, N) that of never asking again.
    """

    values: TableArray
    chances: list[TableArray]
    stops: TableArray


def value_table(terms: Terms, prices: FloatArray, warmth: FloatArray | None = None) -> ValueTable:
    """The table at these prices (T,): points per second, inf on days without study.

    With a `warmth` (K,), in units of value, choices are spread over what is nearly as good:
    demand then moves smoothly with the prices, which is what lets a market clear.
    """
    days, _, _ = shape = terms.shape
    moves = terms.moves
    values, stops = np.empty(shape, np.float32), np.ones(shape, np.float32)
    chances: list[TableArray] = [np.zeros((0, *shape[1:]), np.float32)] * days
    costs = (prices[:, None] / terms.weights).astype(np.float32)[:, :, None]
    heat = None if warmth is None else warmth.astype(np.float32)[:, None]
    for day in range(days - 1, -1, -1):
        gaps = moves.gaps[: np.searchsorted(moves.gaps, days - 1 - day, side="right")]
        alone = np.broadcast_to(terms.end[day], shape[1:])
        if not len(gaps):
            values[day] = alone
            continue
        asked = np.matmul(values[day + gaps], moves.back[: len(gaps)])
        asked -= costs[day + gaps] * moves.seconds[: len(gaps), None, :]
        if heat is None:
            values[day] = np.maximum(asked.max(axis=0), alone)
        else:
            values[day], chances[day], stops[day] = soft_choice(asked, alone, heat)
    return ValueTable(values, chances, stops)


def soft_choice(
    options: TableArray, alone: TableArray, warmth: TableArray
) -> tuple[TableArray, TableArray, TableArray]:
    """The log-sum-exp of options (along axis 0) and of none, and the chance of each."""
    best = np.maximum(options.max(axis=0), alone)
    chances = np.exp((options - best) / warmth)
    stop = np.exp((alone - best) / warmth)
    total = chances.sum(axis=0) + stop
    return best + warmth * np.log(total), chances / total, stop / total
