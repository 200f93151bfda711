"""What is asked today: whatever adds most per second until the day's seconds are spent."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from apps.study.memory.fsrs import Rating, next_memory
from apps.study.planner.arrange import arranged
from apps.study.planner.demand import CHUNK, end_of, known_options, paid
from apps.study.planner.market import Market
from apps.study.planner.options import days_to_ask, options_of
from apps.study.planner.prompts import (
    BoolArray,
    Exam,
    FloatArray,
    IntArray,
    Prompts,
    TableArray,
    study_seconds,
)
from apps.study.planner.table import Terms, kept_recall, terms_of, value_table
from apps.study.planner.transitions import (
    next_difficulty,
    next_stability,
    recall,
    same_day_stability,
)

PATIENCE = 0.9995
"""What is put off by a day is worth this much less: of two equal days the earlier is taken."""
STOP = 3e-5
"""Time is worth nothing to the exam if a second adds less than this, shared among all prompts."""
MANY = 6_000
"""With more known prompts than this, fewer later days are compared with today."""


@dataclass(frozen=True)
class DayPlan:
    """Today's prompts in the order of asking, in columns of equal length.

    `exam` is an index into the exams given, `prompt` a row of that exam's prompts, `seconds`
    expected with same-day repetitions, `gain` the share of its exam that asking today adds over
    the prompt's own best later day. `finished`: nothing outside the plan is worth a minute.
    """

    exam: IntArray
    prompt: IntArray
    seconds: FloatArray
    gain: FloatArray
    finished: bool


@dataclass(frozen=True)
class Ranking:
    """Every prompt that may be asked today: the columns of a `DayPlan`, best first.

    `index` is what a second of it adds, in shares of an exam times the exam's worth.
    """

    exam: IntArray
    prompt: IntArray
    seconds: FloatArray
    gain: FloatArray
    index: FloatArray


def plan_day(
    exams: Sequence[Exam], seconds: ArrayLike, market: Market, *, limit: int | None = None
) -> DayPlan:
    """Fill today's seconds, to within one prompt, and put them into a good order.

    What was answered today is left out; of a card's new prompts one a day is met, and none
    where a sibling was answered today. With `limit` at most so many prompts are taken, and the
    worth of a minute is the learner's own to judge: the plan does not stop by itself.
    """
    given = study_seconds(exams, seconds)
    ranking = rank(exams, given, market)
    floor = STOP / max(sum(len(exam.prompts) for exam in exams), 1)
    worth_it = ranking.index > floor
    wanted = np.ones(len(worth_it), np.bool_) if limit is not None else worth_it
    spent = np.cumsum(np.where(wanted, ranking.seconds, 0.0))
    begun_in_time = spent - ranking.seconds < (given[0] if len(given) else 0.0)
    taken = np.flatnonzero(wanted & begun_in_time)[:limit]
    left = np.ones(len(worth_it), np.bool_)
    left[taken] = False
    order = taken[arranged(*topics_and_cards(exams, ranking, taken))]
    return DayPlan(
        exam=ranking.exam[order],
        prompt=ranking.prompt[order],
        seconds=ranking.seconds[order],
        gain=ranking.gain[order],
        finished=not bool((worth_it & left).any()),
    )


def rank(exams: Sequence[Exam], given: FloatArray, market: Market) -> Ranking:
    """Every prompt of every exam that may be asked today, by what a second of it adds."""
    columns: list[list[FloatArray]] = [[], [], [], [], []]
    ties: list[FloatArray] = []
    for number, exam in enumerate(exams):
        if not len(exam.prompts):
            continue
        gain, seconds = gains(exam, market.charged(given[: exam.days]))
        rows = np.flatnonzero(may_be_asked(exam.prompts, gain / seconds))
        weight = exam.prompts.weight[rows]
        index = weight * exam.worth * gain[rows] / seconds[rows]
        index = heavier_first(exam.prompts, rows, index)
        whose = np.full(len(rows), number)
        for column, values in zip(
            columns, (whose, rows, seconds[rows], weight * gain[rows], index), strict=True
        ):
            column.append(np.asarray(values, dtype=np.float64))
        ties.append(np.stack([exam.prompts.position[rows], -weight * exam.worth]))
    if not ties:
        return Ranking(np.zeros(0, np.int64), np.zeros(0, np.int64), *np.zeros((3, 0)))
    table = np.stack([np.concatenate(column) for column in columns])
    exam_and_row, numbers = table[:2].astype(np.int64), table[2:]
    order = np.lexsort((*np.concatenate(ties, axis=1), -numbers[2]))
    return Ranking(*exam_and_row[:, order], *numbers[:, order])


def may_be_asked(prompts: Prompts, index: FloatArray) -> BoolArray:
    """All but what was answered today, and of new siblings only the best one."""
    today = (prompts.elapsed == 0) & ~prompts.is_new
    allowed: BoolArray = ~today
    new = np.flatnonzero(prompts.is_new)
    best_first = new[np.lexsort((prompts.position[new], -index[new]))]
    _, firsts = np.unique(prompts.card[best_first], return_index=True)
    allowed[new] = False
    allowed[best_first[firsts]] = True
    allowed[new[np.isin(prompts.card[new], prompts.card[today])]] = False
    return allowed


def heavier_first(prompts: Prompts, rows: IntArray, index: FloatArray) -> FloatArray:
    """The index of these rows, raised to that of any lighter one in the same state of memory.

    Waiting may be worth more for the heavier one; but nobody understands being asked what
    counts less before what counts more and is known no better.
    """
    states = np.nan_to_num(
        np.stack([prompts.stability[rows], prompts.difficulty[rows], prompts.elapsed[rows]]),
        nan=-1.0,
    )
    order = np.lexsort((prompts.weight[rows], *states))
    begins = np.any(np.diff(states[:, order], prepend=np.nan) != 0, axis=0)
    values, ranks = np.unique(index[order], return_inverse=True)
    # Ranks of one state lie above those of all states before, so one running maximum serves all.
    offset = np.cumsum(begins) * len(values)
    highest = np.maximum.accumulate(ranks + offset) - offset
    raised = np.empty(len(rows))
    raised[order] = values[highest]
    return raised


def gains(exam: Exam, prices: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What asking each prompt (n,) today adds over its best later day, in units of its weight.

    And the expected seconds of asking it today. `prices` (T,) are inf on days without study;
    today's does not matter.
    """
    terms = terms_of(exam)
    values = value_table(terms, prices).values
    gain, seconds = np.zeros(len(exam.prompts)), np.ones(len(exam.prompts))
    known = np.flatnonzero(~exam.prompts.is_new)
    days = days_to_ask(exam.days)
    if len(known) > MANY:
        days = days[np.unique(np.append(np.arange(0, len(days), 3), len(days) - 1))]
    for rows in np.array_split(known, -(-len(known) // CHUNK) or 1):
        gain[rows], seconds[rows] = known_gains(terms, values, rows, days, prices)
    new = np.flatnonzero(exam.prompts.is_new)
    pace = exam.learner.pace.new
    met = (values @ terms.moves.first).astype(np.float64)
    later = (met[1:] - prices[1:, None] / terms.weights * pace) * waiting(np.arange(1, exam.days))
    best = np.maximum(later.max(axis=0, initial=0.0), 0.0)
    gain[new] = (met[0] - best)[terms.kinds[new]]
    seconds[new] = pace
    return gain, seconds


def known_gains(
    terms: Terms, values: TableArray, rows: IntArray, days: IntArray, prices: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """`gains` for some known rows, which may next be asked on one of these days; [0] is today."""
    options, kinds = known_options(terms.exam, rows, days), terms.kinds[rows]
    worth = options.values(values, kinds) - end_of(terms.exam, rows)
    cost = (prices[days[1:], None] / terms.weights[kinds]).astype(np.float32)
    later = (worth[1:] - paid(cost, options.seconds[1:])) * waiting(days[1:])
    best = np.maximum(later.max(axis=0, initial=-np.inf), 0.0)
    return worth[0] - best, options.seconds[0].astype(np.float64)


def waiting(days: IntArray) -> FloatArray:
    """What is left, (len(days), 1), of the worth of something put off by so many days."""
    left: FloatArray = PATIENCE ** days[:, None].astype(np.float64)
    return left


def topics_and_cards(
    exams: Sequence[Exam], ranking: Ranking, taken: IntArray
) -> tuple[IntArray, IntArray]:
    """Numbers for the topic and the card of each taken prompt, apart from exam to exam."""
    topics, cards = np.zeros(len(taken), np.int64), np.zeros(len(taken), np.int64)
    for number, exam in enumerate(exams):
        here = ranking.exam[taken] == number
        rows = ranking.prompt[taken[here]]
        topics[here] = np.unique(exam.prompts.topic[rows], return_inverse=True)[1]
        cards[here] = np.unique(exam.prompts.card[rows], return_inverse=True)[1]
        topics[here] += number * (len(taken) + 1)
        cards[here] += number * (len(taken) + 1)
    return topics, cards


def next_days(
    exam: Exam, market: Market, stability: FloatArray, difficulty: FloatArray
) -> IntArray:
    """In how many days the plan asks these prompts again, if they were just left in these states.

    `stability` and `difficulty` have one entry, or one row of entries, for each of the exam's
    prompts; so has the result. 0 = not again before the exam.
    """
    terms, is_open = terms_of(exam), np.ones(exam.days)
    is_open[: len(market.prices)] = market.prices[: exam.days] > 0
    prices = market.charged(is_open)
    days = days_to_ask(exam.days)[1:]
    result = np.zeros(stability.size, np.int64)
    if len(days) and result.size:
        each = np.repeat(np.arange(len(exam.prompts)), stability.size // len(exam.prompts))
        flat = stability.ravel()
        options = options_of(
            flat, difficulty.ravel(), np.zeros(len(flat), np.int64), exam.learner, days
        )
        kinds = terms.kinds[each]
        cost = (prices[days, None] / terms.weights[kinds]).astype(np.float32)
        worth = options.values(value_table(terms, prices).values, kinds)
        worth = worth - paid(cost, options.seconds)
        wait = np.full(len(flat), float(exam.days))
        end = kept_recall(exam, wait, flat * exam.learner.scale)
        best = days[worth.argmax(axis=0)]
        result = np.where(worth.max(axis=0) > end, best, 0)
    return result.reshape(stability.shape)


def next_days_by_rating(exam: Exam, market: Market, rows: IntArray) -> IntArray:
    """`next_days` after each rating 1 to 4 given today to these rows of the exam's prompts.

    Shape (len(rows), 4). Other rows of the exam do not matter.
    """
    prompts, w = exam.prompts, exam.learner.parameters
    chosen = Prompts(*(column[rows] for column in vars(prompts).values()))
    stability, difficulty = np.empty((len(rows), 4)), np.empty((len(rows), 4))
    new, today = chosen.is_new, chosen.elapsed == 0
    known = ~new
    for place, rating in enumerate(Rating):
        first = next_memory(None, rating, 0, w)
        stability[new, place], difficulty[new, place] = first.stability, first.difficulty
        before, hard = chosen.stability[known], chosen.difficulty[known]
        chance = recall(chosen.elapsed[known].astype(np.float64), before, w)
        stability[known, place] = np.where(
            today[known],
            same_day_stability(before, rating, w),
            next_stability(before, hard, chance, rating, w),
        )
        difficulty[known, place] = next_difficulty(hard, rating, w)
    asked = Exam(chosen, exam.days, exam.learner, exam.keep, exam.worth)
    return next_days(asked, market, stability, difficulty)
