"""A day holds what helps the exam most for its minutes, in an order that is good to study."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.study.planner.arrange import apart, arranged
from apps.study.planner.day import next_days, next_days_by_rating, plan_day
from apps.study.planner.market import Market, clear
from apps.study.planner.prompts import Exam, Prompts
from tests.study.planner.learners import MINUTE, calendar, exam, exams, with_memory


@settings(max_examples=40, deadline=None)
@given(exams, st.floats(0, 90))
def test_a_day_takes_its_minutes_to_within_one_prompt(one: Exam, minutes: float) -> None:
    seconds = calendar(one.days, minutes)
    plan = plan_day([one], seconds, clear([one], seconds))
    longest = plan.seconds.max(initial=0)
    assert plan.seconds.sum() - longest <= seconds[0]
    assert len(set(plan.prompt)) == len(plan.prompt)
    if not plan.finished:
        assert plan.seconds.sum() >= seconds[0]


@settings(max_examples=20, deadline=None)
@given(exams)
def test_a_day_off_gets_nothing_and_the_days_around_it_their_own(one: Exam) -> None:
    seconds = calendar(one.days, 20)
    seconds[0] = 0
    market = clear([one], seconds)
    assert len(plan_day([one], seconds, market).prompt) == 0
    assert market.prices[0] == 0


def test_no_day_is_planned_before_an_exam_without_cards_or_without_an_exam() -> None:
    empty = exam(count=0)
    seconds = calendar(20, 20)
    assert plan_day([empty], seconds, clear([empty], seconds)).finished
    assert plan_day([], [], clear([], [])).finished


def test_an_hour_that_is_not_needed_is_not_filled() -> None:
    fresh = Prompts.of(weight=[1.0], stability=[900.0], difficulty=[2.0], elapsed=[1])
    one = Exam(fresh, 5)
    plan = plan_day([one], calendar(5, 60), clear([one], calendar(5, 60)))
    assert plan.finished
    assert len(plan.prompt) == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 40), st.floats(1.01, 5))
def test_a_heavier_topic_is_never_planned_after_an_otherwise_equal_lighter_one(
    seed: int, days: int, times: float
) -> None:
    one = exam(seed, count=40, days=days)
    prompts = one.prompts
    twice = Prompts(*(np.concatenate([column, column]) for column in vars(prompts).values()))
    weight = np.concatenate([prompts.weight, prompts.weight * times])
    two = Exam(
        replace(twice, weight=weight / weight.sum(), card=np.arange(len(twice))),
        days,
    )
    seconds = calendar(days, 10)
    plan = plan_day([two], seconds, clear([two], seconds))
    chosen = set(plan.prompt.tolist())
    lighter = [row for row in chosen if row < len(prompts)]
    assert all(row + len(prompts) in chosen for row in lighter)


def test_what_was_answered_today_is_not_asked_again_by_the_plan() -> None:
    one = exam(count=50)
    known = np.flatnonzero(~one.prompts.is_new)
    elapsed = one.prompts.elapsed.copy()
    elapsed[known[:10]] = 0
    today = with_memory(one, elapsed=elapsed)
    seconds = calendar(20, 500)
    plan = plan_day([today], seconds, clear([today], seconds), limit=1000)
    assert not set(plan.prompt.tolist()) & set(known[:10].tolist())


def test_only_one_direction_of_a_card_is_new_on_one_day() -> None:
    new = Prompts.of(
        weight=[0.25] * 4,
        stability=[np.nan, np.nan, 3.0, np.nan],
        difficulty=[np.nan, np.nan, 5.0, np.nan],
        elapsed=[0, 0, 0, 0],
        card=[1, 1, 2, 2],
    )
    one = Exam(new, 10)
    plan = plan_day([one], calendar(10, 60), clear([one], calendar(10, 60)))
    assert plan.prompt.tolist() == [0]


def test_asking_for_more_gives_that_many_in_the_order_of_their_worth() -> None:
    one = exam(count=100)
    seconds = calendar(20, 5)
    market = clear([one], seconds)
    seconds[0] = np.inf
    assert len(plan_day([one], seconds, market, limit=7).prompt) == 7


@given(st.lists(st.integers(0, 6), max_size=40))
def test_siblings_are_apart_where_that_can_be(cards: list[int]) -> None:
    order = apart(np.array(cards, dtype=np.int64))
    assert sorted(order) == list(range(len(cards)))
    most = max(Counter(cards).values(), default=0)
    neighbours = [cards[a] == cards[b] for a, b in pairwise(order)]
    assert not any(neighbours) or most > (len(cards) + 1) // 2


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=100))
def test_a_plan_is_arranged_without_losing_a_prompt(pairs: list[tuple[int, int]]) -> None:
    topics, cards = (np.array([pair[i] for pair in pairs], dtype=np.int64) for i in (0, 1))
    assert sorted(arranged(topics, cards)) == list(range(len(pairs)))


def test_topics_take_turns() -> None:
    topics = np.array([0] * 10 + [1] * 10)
    order = topics[arranged(topics, np.arange(20))]
    assert (np.abs(np.diff(order)) == 1).mean() > 0.8


def test_two_exams_share_the_day_and_the_nearer_or_heavier_gets_more() -> None:
    near, far = exam(1, count=200, days=5), exam(1, count=200, days=60)
    seconds = calendar(60, 20)
    market = clear([near, far], seconds)
    plan = plan_day([near, far], seconds, market)
    assert 0 < plan.seconds.sum() <= 20 * MINUTE + 40
    assert (plan.exam == 0).sum() > (plan.exam == 1).sum()
    valued = replace(far, worth=10.0)
    again = plan_day([near, valued], seconds, clear([near, valued], seconds))
    assert (again.exam == 1).sum() > (plan.exam == 1).sum()
    assert market.prices[:5].mean() > market.prices[5:].mean()


@settings(max_examples=20, deadline=None)
@given(exams)
def test_the_buttons_say_a_day_before_the_exam_or_none(one: Exam) -> None:
    seconds = calendar(one.days, 15)
    market = clear([one], seconds)
    rows = np.arange(min(len(one.prompts), 5))
    days = next_days_by_rating(one, market, rows)
    assert days.shape == (len(rows), 4)
    assert ((days >= 0) & (days < max(one.days, 1))).all()


def test_a_button_does_not_depend_on_the_other_prompts() -> None:
    one = exam(count=60, days=30)
    market = clear([one], calendar(30, 10))
    rows = np.array([3, 40])
    few = Exam(Prompts(*(column[rows] for column in vars(one.prompts).values())), 30)
    assert (
        next_days_by_rating(one, market, rows) == next_days_by_rating(few, market, np.arange(2))
    ).all()


def test_a_weak_memory_comes_back_before_a_strong_one() -> None:
    pair = Prompts.of(
        weight=[0.5, 0.5], stability=[2.0, 30.0], difficulty=[5.0, 5.0], elapsed=[1, 1]
    )
    one = Exam(pair, 30)
    market = Market(np.full(30, 1e-4))
    weak, strong = next_days(one, market, pair.stability, pair.difficulty)
    assert 0 < weak < strong or strong == 0


def test_minutes_for_fewer_days_than_the_exam_is_away_are_refused() -> None:
    one = exam(days=20)
    with pytest.raises(ValueError, match="the exam is 20 away"):
        clear([one], calendar(19, 10))


def test_a_negative_minute_is_refused() -> None:
    one = exam(days=3)
    with pytest.raises(ValueError, match="cannot be negative"):
        plan_day([one], [-1.0, 60.0, 60.0], Market(np.ones(3)))
