"""Without an exam date, each prompt comes back in time, and no day is fuller than need be."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.fsrs import Memory, next_memory
from apps.study.memory.fuzz import fuzz_bounds
from apps.study.planner.prompts import Learner, Prompts
from apps.study.planner.retention_mode import (
    NEVER,
    Deck,
    after_ratings,
    forecast,
    next_days_by_rating,
    plan_day,
    schedule,
)

DAY = 1200.0
WEEK = np.full(7, DAY)
SEEDS = np.random.default_rng(3).integers(0, 2**62, 5000)


def deck(
    stability: list[float],
    elapsed: list[int] | int = 0,
    *,
    seconds: Any = WEEK,
    card: list[int] | None = None,
    weight: list[float] | None = None,
    failed: list[bool] | None = None,
    difficulty: float = 5.0,
    **settings: Any,
) -> Deck:
    """Prompts of these stabilities (nan: never answered), the first answered first."""
    count = len(stability)
    known = ~np.isnan(np.array(stability))
    return Deck(
        prompts=Prompts.of(
            weight=weight or [1 / max(count, 1)] * count,
            stability=stability,
            difficulty=np.full(count, difficulty),
            elapsed=np.broadcast_to(elapsed, count) * known,
            card=card,
        ),
        answered=np.where(known, np.arange(count, dtype=float), np.nan),
        failed=np.array(failed or [False] * count, dtype=bool),
        reps=np.where(known, 3, 0),
        seed=SEEDS[:count],
        seconds=np.asarray(seconds, dtype=float),
        **settings,
    )


def days_after_answer(learnt: Deck) -> Any:
    return schedule(learnt).due + learnt.prompts.elapsed


stabilities = st.lists(st.floats(0.1, 2000), min_size=1, max_size=40)


@given(stabilities, st.integers(0, 400), st.floats(0.75, 0.97), st.floats(0.4, 2.5))
def test_a_prompt_comes_back_within_the_bounds_of_its_fuzz(
    stability: list[float], elapsed: int, retention: float, scale: float
) -> None:
    learnt = deck(stability, elapsed, desired_retention=retention, learner=Learner(scale=scale))
    ideal = learnt.ideal(learnt.prompts.stability)
    for days, wish in zip(days_after_answer(learnt), ideal, strict=True):
        lowest, highest = fuzz_bounds(float(wish))
        assert lowest <= days <= highest


@given(stabilities, st.integers(0, 60))
def test_the_same_state_gives_the_same_day(stability: list[float], elapsed: int) -> None:
    first, second = schedule(deck(stability, elapsed)), schedule(deck(stability, elapsed))
    assert (first.due == second.due).all()
    assert (first.load == second.load).all()


def test_a_prompt_that_was_never_answered_has_no_day() -> None:
    assert schedule(deck([float("nan"), 5.0])).due[0] == NEVER


def test_what_was_forgotten_is_asked_again_the_same_day() -> None:
    assert schedule(deck([5.0, 5.0], failed=[True, False])).due[0] == 0


def test_days_carry_about_the_same_where_chance_alone_would_not() -> None:
    learnt = deck([20.0] * 500)
    load = schedule(learnt).load[17:24]
    assert load.sum() == 500
    assert load.max() - load.min() <= 30  # a fair draw differs by more than 30 nine times in ten


def test_a_weekday_with_half_the_time_carries_about_half() -> None:
    load = schedule(deck([20.0] * 700, seconds=[DAY, DAY, DAY, DAY / 2, DAY, DAY, DAY])).load[17:24]
    assert load[0] == pytest.approx(load[1:].mean() / 2, rel=0.25)


def test_a_day_off_stays_free_where_the_bounds_hold_another() -> None:
    holiday = np.full(40, DAY)
    holiday[[19, 20]] = 0
    load = schedule(deck([20.0] * 300, seconds=holiday)).load
    assert load[19] + load[20] <= 2
    assert load[17:24].sum() == 300


def test_siblings_are_kept_apart() -> None:
    pairs = deck([20.0] * 400, card=[n // 2 for n in range(400)])
    due = schedule(pairs).due
    together = (due[0::2] == due[1::2]).mean()
    assert together < 0.01  # one in seven by chance


def test_a_button_says_when_the_prompt_will_come_back() -> None:
    stability = [float(days) for days in range(3, 43)]
    before = deck(stability, elapsed=10)
    rows = np.arange(40)
    announced = next_days_by_rating(before, schedule(before), rows)
    after = after_ratings(before, rows)
    for row in (0, 7, 21, 39):
        for rating in (2, 3, 4):
            answered = replace(
                before,
                prompts=replace(
                    before.prompts,
                    stability=np.where(rows == row, after[row, rating - 1], stability),
                    elapsed=np.where(rows == row, 0, 10),
                ),
                answered=np.where(rows == row, 99.0, before.answered),
                reps=np.where(rows == row, 4, before.reps),
            )
            assert schedule(answered).due[row] == announced[row, rating - 1]


@given(st.floats(0.1, 500), st.floats(1, 10), st.integers(0, 300))
def test_the_four_answers_lead_where_the_model_says(
    stability: float, difficulty: float, elapsed: int
) -> None:
    met = deck([stability], elapsed, difficulty=difficulty)
    known = Memory(stability, difficulty)
    expected = [next_memory(known, rating, elapsed).stability for rating in (1, 2, 3, 4)]
    assert after_ratings(met, np.array([0]))[0] == pytest.approx(expected, rel=1e-12)


def test_a_better_answer_never_brings_a_prompt_back_sooner_than_its_bounds_allow() -> None:
    met = deck([float("nan"), 3.0, 30.0, 300.0], elapsed=[0, 3, 30, 300])
    days = next_days_by_rating(met, schedule(met), np.arange(4))
    assert (days[:, 0] == 0).all()
    assert (days[:, 1:] >= 1).all()
    assert (days[1:, 3] > days[1:, 1]).all()


def test_what_fades_fastest_is_asked_first() -> None:
    late = deck([2.0, 50.0, 10.0], elapsed=[9, 90, 30])
    day = plan_day(late, schedule(late))
    assert day.reviews.tolist() == [0, 2, 1]


def test_a_backlog_is_worked_off_by_what_gains_most_a_second() -> None:
    heavy = [0.001] * 150 + [0.01] * 50
    late = deck([10.0] * 200, elapsed=40, weight=heavy)
    day = plan_day(late, schedule(late))
    assert len(day.reviews) < 100
    assert set(range(150, 200)) <= set(day.reviews.tolist())
    assert day.overdue == 200
    assert len(day.postponed) == 200 - len(day.reviews)
    assert len(day.new) == 0


@given(
    st.lists(st.floats(0.5, 300) | st.just(float("nan")), max_size=120),
    st.integers(0, 200),
    st.floats(0, 3000),
)
def test_a_day_is_filled_to_within_one_prompt_and_asks_nothing_twice(
    stability: list[float], elapsed: int, left: float
) -> None:
    asked = deck(stability, elapsed, card=[n // 2 for n in range(len(stability))])
    day = plan_day(asked, schedule(asked), left)
    assert day.seconds <= left + asked.learner.pace.failed
    assert sorted(day.order) == sorted([*day.reviews, *day.new])
    cards = asked.prompts.card[day.order].tolist()
    assert len(set(cards)) == len(cards)
    assert not set(day.postponed) & set(day.order)


def test_new_prompts_come_in_the_courses_order_at_a_pace_the_week_can_bear() -> None:
    fresh = deck([float("nan")] * 300)
    day = plan_day(fresh, schedule(fresh))
    assert day.new.tolist() == list(range(len(day.new)))
    assert 10 <= len(day.new) <= 25
    busy = deck([30.0] * 800 + [float("nan")] * 300, elapsed=[25 + n % 10 for n in range(1100)])
    assert len(plan_day(busy, schedule(busy)).new) < len(day.new)


def test_new_prompts_already_met_today_count() -> None:
    fresh = deck([float("nan")] * 300)
    planned = schedule(fresh)
    day = plan_day(fresh, planned)
    again = plan_day(fresh, planned, DAY, introduced=len(day.new) - 3)
    assert len(again.new) == 3


def test_a_day_off_asks_nothing() -> None:
    learnt = deck([5.0] * 20 + [float("nan")] * 20, elapsed=9, seconds=[0, *WEEK[1:]])
    assert len(plan_day(learnt, schedule(learnt)).order) == 0


def test_the_forecast_counts_what_is_due_and_what_comes_back() -> None:
    learnt = deck([10.0] * 60 + [float("nan")] * 200, elapsed=3, seconds=[*WEEK[:6], 0])
    coming = forecast(learnt, schedule(learnt), 30)
    assert len(coming.seconds) == 30
    assert coming.reviews[:12].sum() >= 60
    assert coming.reviews[6] == coming.new[6] == coming.seconds[6] == 0
    assert coming.new.sum() <= 200
    assert (coming.seconds <= DAY * 1.5).all()


def test_a_learner_without_any_prompt_has_a_day_too() -> None:
    nothing = deck([])
    assert len(plan_day(nothing, schedule(nothing)).order) == 0
    assert forecast(nothing, schedule(nothing), 30).seconds.sum() == 0


def test_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        replace(deck([1.0, 2.0]), reps=np.array([1]))
    with pytest.raises(ValueError, match="seven days"):
        deck([1.0], seconds=[60.0])
