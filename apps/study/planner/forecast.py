"""How the exam will go: expected score and its uncertainty, day by day, and what is given up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from apps.study.planner.demand import Demand, Situation, chance_of_asking, demand, situation
from apps.study.planner.market import MOST_ROUNDS, Market, clear, warmth_at
from apps.study.planner.prompts import Exam, FloatArray, IntArray, study_seconds
from apps.study.planner.transitions import recall

MORE_SECONDS = 600.0
UNSURE = 0.5
"""A known prompt that is never asked again counts as given up below this chance of recall."""


@dataclass(frozen=True)
class Forecast:
    """One exam under the plan; scores and weights are shares of the exam (0 to 1), T days.

    `today`: expected score if the exam were today. `exam`: on its day, following the plan, and
    `spread` its standard deviation (luck with each prompt, and what is not known of the
    learner's scale). `untouched`: on its day if nothing more is studied. `curve` (T + 1,): if
    the exam were on day d, after the plan of the days before. `seconds` (T,): what this exam
    takes of each day. `chance_of_asking` (n,) for each prompt, `given_up`: the rows never met,
    or never asked again and likely forgotten, heaviest loss first; `given_up_weight` their share.
    """

    today: float
    exam: float
    spread: float
    untouched: float
    curve: FloatArray
    seconds: FloatArray
    chance_of_asking: FloatArray
    given_up: IntArray
    given_up_weight: float


def score(exam: Exam, days: int | None = None) -> float:
    """The expected score `days` from now (by default on the exam's day) without more study."""
    return float(exam.prompts.weight @ recall_in(exam, exam.days if days is None else days))


def recall_in(exam: Exam, days: int) -> FloatArray:
    """Each prompt's chance of recall (n,) in `days` without more study; 0 where never met."""
    prompts, learner = exam.prompts, exam.learner
    wait = (prompts.elapsed + days).astype(np.float64)
    chance = recall(wait, prompts.stability * learner.scale, learner.parameters)
    return np.where(prompts.is_new, 0.0, chance)


def forecast(exams: Sequence[Exam], seconds: ArrayLike, market: Market) -> list[Forecast]:
    """What each exam may be expected to become at the market's prices.

    Raises ValueError where `seconds` does not reach up to the last exam.
    """
    given = study_seconds(exams, seconds)
    return [_forecast(exam, market.charged(given[: exam.days])) for exam in exams]


def what_if(exams: Sequence[Exam], seconds: ArrayLike) -> list[Forecast]:
    """The forecast on another calendar, or for other dates: the market is cleared anew."""
    return forecast(exams, seconds, clear(exams, seconds))


def ten_more_minutes(exams: Sequence[Exam], seconds: ArrayLike, market: Market) -> list[float]:
    """What ten more minutes on every study day would add to each exam, as a share of it."""
    given = study_seconds(exams, seconds)
    more = np.where(given > 0, given + MORE_SECONDS, 0.0)
    rounds = MOST_ROUNDS // 2
    now = forecast(exams, given, clear(exams, given, market, rounds=rounds))
    then = forecast(exams, more, clear(exams, more, market, rounds=rounds))
    return [max(b.exam - a.exam, 0.0) for a, b in zip(now, then, strict=True)]


def _forecast(exam: Exam, prices: FloatArray) -> Forecast:
    it = situation(exam)
    warmth = warmth_at(prices, it.terms)
    wanted = demand(it, prices, warmth)
    curve = np.array([score(exam, day) for day in range(exam.days + 1)])
    untouched = float(curve[-1])
    curve += gained(it, wanted)
    asking = chance_of_asking(it, wanted, prices, warmth)
    given_up = rows_given_up(exam, asking)
    return Forecast(
        today=float(curve[0]),
        exam=float(curve[-1]),
        spread=spread_of(it, wanted),
        untouched=untouched,
        curve=curve,
        seconds=wanted.seconds,
        chance_of_asking=asking,
        given_up=given_up,
        given_up_weight=float(exam.prompts.weight[given_up].sum()),
    )


def gained(it: Situation, wanted: Demand) -> FloatArray:
    """What the plan's answers before each day (T + 1,) have added to the score of that day."""
    terms, days = it.terms, it.terms.days
    weights = terms.weights / terms.exam.worth
    dates = np.arange(days + 1)
    fading = recall(
        dates[:, None].astype(np.float64), terms.moves.stability, terms.exam.learner.parameters
    )
    gain = np.zeros(days + 1)
    for day, chances in enumerate(wanted.table.chances):
        masses = weights @ wanted.arrivals[day]
        leaving = np.einsum("k,gkn->gn", weights, chances * wanted.arrivals[day])
        gone = np.concatenate([np.zeros((1, len(masses))), np.cumsum(leaving, axis=0)])
        after = dates[1 : days - day + 1]
        asked_before = np.searchsorted(terms.moves.gaps[: len(leaving)], after, side="left")
        gain[day + 1 :] += ((masses - gone[asked_before]) * fading[after]).sum(axis=1)
    asked = np.concatenate([np.zeros((1, len(it.rows))), np.cumsum(wanted.asked, axis=0)])
    asked_before = np.searchsorted(it.options.days, dates, side="left")
    forgotten = _recall_of_rows(it, dates)
    heavy = weights[it.kinds] * it.count
    return gain - (asked[asked_before] * forgotten) @ heavy


def _recall_of_rows(it: Situation, dates: IntArray) -> FloatArray:
    """The chance of recall of each sampled prompt on these days, (len(dates), m)."""
    exam = it.terms.exam
    wait = (exam.prompts.elapsed[it.rows] + dates[:, None]).astype(np.float64)
    stability = exam.prompts.stability[it.rows] * exam.learner.scale
    return recall(wait, stability, exam.learner.parameters)


def spread_of(it: Situation, wanted: Demand) -> float:
    """The standard deviation of the score on the exam's day.

    Every prompt of a class of weight is recalled or not, by itself; and all move together with
    the learner's scale, which is varied by its own spread in the last interval of each prompt.
    """
    spread = it.terms.exam.learner.spread
    middle, low, high = (classes_recalled(it, wanted, factor) for factor in (0, -spread, spread))
    weights = it.terms.weights / it.terms.exam.worth
    count = it.terms.unseen + np.bincount(it.kinds, it.count, minlength=len(weights))
    chance = np.clip(middle / np.maximum(count, 1), 0, 1)
    luck = float(count * weights**2 @ (chance * (1 - chance)))
    scale = float(weights @ (high - low)) / 2
    return float(np.sqrt(luck + scale**2))


def classes_recalled(it: Situation, wanted: Demand, log_factor: float) -> FloatArray:
    """How many prompts of each class (K,) are recalled on the day if the scale is off by this."""
    terms, exam = it.terms, it.terms.exam
    w, factor = exam.learner.parameters, float(np.exp(log_factor))
    wait = (terms.days - np.arange(terms.days)).astype(np.float64)[:, None]
    last = recall(wait, terms.moves.stability * factor, w)
    met = np.einsum("tkn,tn->k", wanted.arrivals * wanted.table.stops, last)
    alone = it.count * (1 - wanted.asked.sum(axis=0))
    stability = exam.prompts.stability[it.rows] * exam.learner.scale * factor
    left = recall((exam.prompts.elapsed[it.rows] + exam.days).astype(np.float64), stability, w)
    recalled: FloatArray = met + np.bincount(it.kinds, alone * left, minlength=len(terms.weights))
    return recalled


def rows_given_up(exam: Exam, asking: FloatArray) -> IntArray:
    """Rows that will not be asked (again) and are likely not known, heaviest loss first."""
    chance = recall_in(exam, exam.days)
    rows = np.flatnonzero((asking < UNSURE) & (chance < UNSURE))
    loss = exam.prompts.weight[rows] * (1 - chance[rows])
    return rows[np.argsort(-loss, kind="stable")]
