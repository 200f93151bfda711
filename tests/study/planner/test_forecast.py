"""The forecast: what the exam may be expected to become, day by day, and what is given up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.study.planner.forecast import forecast, score, ten_more_minutes, what_if
from apps.study.planner.market import clear
from apps.study.planner.prompts import Exam, Learner, Prompts
from tests.study.planner.learners import calendar, exam, exams

UNSETTLED = 0.004
"""How far a market that has not quite settled may move an expected score."""


@settings(max_examples=20, deadline=None)
@given(exams, st.floats(1, 60))
def test_scores_are_scores_and_studying_helps(one: Exam, minutes: float) -> None:
    seen = what_if([one], calendar(one.days, minutes))[0]
    assert seen.curve.shape == (one.days + 1,)
    assert seen.today == pytest.approx(score(one, 0))
    assert seen.untouched == pytest.approx(score(one))
    assert (seen.curve >= -1e-6).all()
    assert (seen.curve <= 1 + 1e-3).all()
    assert seen.exam >= seen.untouched - UNSETTLED or one.keep > 0
    assert 0 <= seen.spread < 0.6
    assert ((seen.chance_of_asking >= 0) & (seen.chance_of_asking <= 1 + 1e-5)).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.integers(3, 60), st.floats(3, 30), st.floats(1.2, 4))
def test_more_minutes_never_lower_the_expected_score(
    seed: int, days: int, minutes: float, times: float
) -> None:
    one = exam(seed, count=200, days=days)
    fewer = what_if([one], calendar(days, minutes))[0]
    more = what_if([one], calendar(days, minutes * times))[0]
    assert more.exam >= fewer.exam - UNSETTLED


def test_days_off_cost_points_and_ten_more_minutes_buy_some() -> None:
    one, seconds = exam(count=600, days=30), calendar(30, 10)
    away = seconds.copy()
    away[5:20] = 0
    market = clear([one], seconds)
    usual = forecast([one], seconds, market)[0]
    assert what_if([one], away)[0].exam < usual.exam
    assert what_if([one], away)[0].seconds[5:20].sum() == 0
    assert ten_more_minutes([one], seconds, market)[0] > 0.005


def test_what_is_given_up_is_named_heaviest_first_and_never_asked() -> None:
    one = exam(count=2000, days=10)
    seen = what_if([one], calendar(10, 5))[0]
    assert len(seen.given_up) > 0
    assert (seen.chance_of_asking[seen.given_up] < 0.5).all()
    assert seen.given_up_weight == pytest.approx(one.prompts.weight[seen.given_up].sum())
    new = seen.given_up[one.prompts.is_new[seen.given_up]]
    assert (np.diff(one.prompts.weight[new]) <= 0).all()


def test_with_all_the_time_in_the_world_nothing_is_given_up() -> None:
    seen = what_if([exam(count=100, days=30)], calendar(30, 120))[0]
    assert len(seen.given_up) == 0
    assert seen.exam > 0.95


def test_a_better_memory_makes_a_better_forecast_and_doubt_a_wider_one() -> None:
    one, seconds = exam(count=300, days=30), calendar(30, 10)
    slow, quick = (replace(one, learner=Learner(scale=scale)) for scale in (0.5, 2.0))
    assert what_if([quick], seconds)[0].exam > what_if([slow], seconds)[0].exam
    unsure = replace(one, learner=Learner(spread=0.5))
    assert what_if([unsure], seconds)[0].spread > what_if([one], seconds)[0].spread


def test_an_exam_of_many_prompts_is_seen_as_well_as_one_of_few() -> None:
    one, seconds = exam(count=400, days=30), calendar(30, 10)
    tenfold = Prompts(*(np.tile(column, 10) for column in vars(one.prompts).values()))
    many = Exam(replace(tenfold, weight=tenfold.weight / 10, card=np.arange(4000)), 30)
    few = what_if([one], seconds)[0]
    assert what_if([many], 10 * seconds)[0].exam == pytest.approx(few.exam, abs=0.01)
