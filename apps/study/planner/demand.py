"""What one exam would do with the learner's time at given prices, in expectation.

Prompts are followed forward as masses over the states of the grid, by the same choices that the
value table made going backward: no dice, and a few milliseconds for any number of prompts.
"""

from dataclasses import dataclass

import numpy as np

from apps.study.planner.options import Options, days_to_ask, options_of
from apps.study.planner.prompts import Exam, FloatArray, IntArray, TableArray
from apps.study.planner.table import (
    Terms,
    ValueTable,
    kept_recall,
    soft_choice,
    terms_of,
    value_table,
)

CHUNK = 2_000
"""Known prompts looked at together, so that memory does not grow with their number."""
SAMPLE = 480
"""Known prompts that are looked at one by one; of more, every so many stand for the others."""


@dataclass(frozen=True)
class Situation:
    """An exam with what does not depend on prices: its sampled known prompts and their options.

    `rows` (m,) of the exam's prompts, each standing for `count` of them; `end` (m,) what each is
    worth if it is never asked again.
    """

    terms: Terms
    rows: IntArray
    count: FloatArray
    options: Options
    end: TableArray

    @property
    def kinds(self) -> IntArray:
        return self.terms.kinds[self.rows]


@dataclass(frozen=True)
class Demand:
    """What an exam wants at some prices.

    `seconds` (T,) on each day; `table` the values behind it; `arrivals` (T, K, N) how many
    prompts end each day in each state; `asked` (C, m) the chance that a sampled known prompt is
    next asked on each of its days; `met` (T, K) how many new prompts are met.
    """

    seconds: FloatArray
    table: ValueTable
    arrivals: TableArray
    asked: TableArray
    met: FloatArray


def situation(exam: Exam) -> Situation:
    """Look at an exam; cost and size do not grow with its prompts beyond the sample."""
    terms = terms_of(exam)
    prompts = exam.prompts
    known = np.flatnonzero(~prompts.is_new)
    count = np.ones(len(known))
    if len(known) > SAMPLE:
        stability = prompts.stability[known]
        known = known[np.lexsort((prompts.elapsed[known], stability, terms.kinds[known]))]
        taken = np.linspace(0, len(known), SAMPLE, endpoint=False).astype(np.int64)
        count = np.diff(np.append(taken, len(known))).astype(np.float64)
        known = known[taken]
    return Situation(
        terms=terms,
        rows=known,
        count=count,
        options=known_options(exam, known, days_to_ask(exam.days)),
        end=end_of(exam, known),
    )


def known_options(exam: Exam, rows: IntArray, days: IntArray) -> Options:
    """The options of these rows; what was answered today cannot be asked again today."""
    prompts = exam.prompts
    elapsed = prompts.elapsed[rows]
    options = options_of(
        prompts.stability[rows], prompts.difficulty[rows], elapsed, exam.learner, days
    )
    options.seconds[0, elapsed == 0] = np.inf
    return options


def end_of(exam: Exam, rows: IntArray) -> TableArray:
    """What these known prompts are worth if they are never asked again."""
    wait = (exam.prompts.elapsed[rows] + exam.days).astype(np.float64)
    stability = exam.prompts.stability[rows] * exam.learner.scale
    return kept_recall(exam, wait, stability).astype(np.float32)


def demand(it: Situation, prices: FloatArray, warmth: FloatArray) -> Demand:
    """What the exam wants at these prices (T,), choices softened by `warmth` (K,) in value."""
    terms = it.terms
    table = value_table(terms, prices, warmth)
    options, kinds = it.options, it.kinds
    asked = next_asked(terms, table, prices, warmth, it.rows, options)
    seconds = np.zeros(terms.days)
    spent = np.where(asked > 0, asked * it.count, 0)
    seconds[options.days] += (spent * np.where(spent > 0, options.seconds, 0)).sum(axis=1)
    arrivals = options.arrivals(spent, kinds, terms.shape)

    pace = terms.exam.learner.pace.new
    meeting = table.values @ terms.moves.first - (prices[:, None] / terms.weights * pace)
    nothing = np.zeros(len(terms.weights), np.float32)
    _, chance, _ = soft_choice(meeting.astype(np.float32), nothing, warmth.astype(np.float32))
    met = chance * terms.unseen
    seconds += met.sum(axis=1) * pace
    arrivals += met[:, :, None].astype(np.float32) * terms.moves.first

    for day, chances in enumerate(table.chances):
        moved = chances * arrivals[day]
        to = day + terms.moves.gaps[: len(moved)]
        seconds[to] += (moved * terms.moves.seconds[: len(moved), None, :]).sum(axis=(1, 2))
        arrivals[to] += np.matmul(moved, terms.moves.moves[: len(moved)])
    return Demand(seconds, table, arrivals, asked, met)


def next_asked(
    terms: Terms,
    table: ValueTable,
    prices: FloatArray,
    warmth: FloatArray,
    rows: IntArray,
    options: Options,
) -> TableArray:
    """The chance (C, m) that each of these known rows is next asked on each of its days."""
    kinds = terms.kinds[rows]
    cost = (prices[options.days, None] / terms.weights[kinds]).astype(np.float32)
    worth = options.values(table.values, kinds) - paid(cost, options.seconds)
    heat = warmth[kinds].astype(np.float32)
    return soft_choice(worth, end_of(terms.exam, rows), heat)[1]


def chance_of_asking(
    it: Situation, wanted: Demand, prices: FloatArray, warmth: FloatArray
) -> FloatArray:
    """The chance (n,) that each of the exam's prompts is asked before the exam.

    Of new prompts of one weight the first in the course are met.
    """
    terms, prompts = it.terms, it.terms.exam.prompts
    chance = np.zeros(len(prompts))
    known = np.flatnonzero(~prompts.is_new)
    days = it.options.days
    for rows in np.array_split(known, -(-len(known) // CHUNK) or 1):
        options = known_options(terms.exam, rows, days)
        asked = next_asked(terms, wanted.table, prices, warmth, rows, options)
        chance[rows] = asked.sum(axis=0)
    for kind, met in enumerate(np.round(wanted.met.sum(axis=0)).astype(np.int64)):
        new = np.flatnonzero(prompts.is_new & (terms.kinds == kind))
        chance[new[np.argsort(prompts.position[new], kind="stable")][:met]] = 1.0
    return chance


def paid(price: TableArray, seconds: TableArray) -> TableArray:
    """Price times seconds, where either may be inf."""
    return np.where(np.isinf(price) | np.isinf(seconds), np.float32(np.inf), price * seconds)
