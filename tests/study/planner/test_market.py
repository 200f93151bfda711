"""The price of a minute: it clears each day's time, and says which days are dear."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.study.planner.forecast import forecast
from apps.study.planner.market import Market, clear
from apps.study.planner.prompts import Exam
from tests.study.planner.learners import calendar, dearest, exam, exams

EXACT = 0.15
"""Demand comes in whole plans, so a market clears about so well."""


@pytest.mark.parametrize(
    ("count", "days", "minutes"), [(600, 20, 10), (600, 60, 10), (1500, 30, 30)]
)
def test_what_is_wanted_is_what_there_is(count: int, days: int, minutes: float) -> None:
    one, seconds = exam(count=count, days=days), calendar(days, minutes)
    wanted = forecast([one], seconds, clear([one], seconds))[0].seconds
    assert wanted.sum() == pytest.approx(seconds.sum(), rel=EXACT)
    busy = np.convolve(wanted, np.ones(5) / 5, "valid") / seconds[0]
    assert ((busy > 0.5) & (busy < 1.6)).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.integers(5, 40), st.floats(2, 8))
def test_time_gets_dearer_when_there_is_less_of_it(seed: int, days: int, times: float) -> None:
    one = exam(seed, count=300, days=days)
    few, many = calendar(days, 10), calendar(days, 10 * times)
    assert dearest(one, few) >= dearest(one, many)


def test_the_last_days_are_the_dearest() -> None:
    one, seconds = exam(count=600, days=30), calendar(30, 15)
    prices = clear([one], seconds).prices
    assert prices[-1] > 1.2 * prices[:10].mean()


def test_a_day_off_makes_its_neighbours_no_cheaper() -> None:
    one, seconds = exam(count=600, days=30), calendar(30, 15)
    away = seconds.copy()
    away[10:20] = 0
    prices = clear([one], away).prices
    assert (prices[10:20] == 0).all()
    assert prices[:10].mean() > clear([one], seconds).prices[:10].mean()


@settings(max_examples=20, deadline=None)
@given(exams)
def test_a_market_can_be_stored_and_carried_on(one: Exam) -> None:
    seconds = calendar(one.days, 15)
    market = clear([one], seconds)
    assert Market.restored(market.stored(), 0).prices == pytest.approx(market.prices, rel=1e-5)
    if one.days > 1:
        tomorrow = replace(one, days=one.days - 1)
        moved = Market.restored(market.stored(), 1)
        after = clear([tomorrow], seconds[1:], moved)
        assert (after.prices > 0).all()


def test_a_few_rounds_a_day_keep_the_market_where_many_would_bring_it() -> None:
    one, seconds = exam(count=600, days=30), calendar(30, 15)
    market = clear([one], seconds)
    again = clear([one], seconds, market)
    settled = clear([one], seconds, market, rounds=30)
    assert np.log(again.prices / settled.prices) == pytest.approx(0, abs=0.6)
