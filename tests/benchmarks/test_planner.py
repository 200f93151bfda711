"""How long a plan takes, and FSRS-6 step by step, beside py-fsrs and on columns: printed."""

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import fsrs as py_fsrs
import numpy as np
import pytest

from apps.study.memory.fsrs import DEFAULT_PARAMETERS, Memory, next_memory
from apps.study.planner.day import next_days_by_rating, plan_day
from apps.study.planner.forecast import forecast
from apps.study.planner.market import clear
from apps.study.planner.prompts import Exam, Learner
from apps.study.planner.transitions import next_difficulty, next_stability, recall
from tests.study.planner.learners import calendar, exam

STEPS = int(os.environ.get("PASSNOTES_BENCHMARK_REVIEWS", "5000"))
"""Answers; 100000 gives steadier figures."""
DAYS = 60
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of the best of three runs."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def test_a_step_of_fsrs_beside_py_fsrs_and_on_columns(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(1)  # noqa: S311 - luck, not secrecy
    known = [
        (chance.lognormvariate(2, 1), chance.uniform(1, 10), chance.randint(1, 60))
        for _ in range(STEPS)
    ]
    scheduler = py_fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    good = py_fsrs.Rating.Good
    cards = []
    for stability, difficulty, days in known:
        card = py_fsrs.Card(state=py_fsrs.State.Review, stability=stability, difficulty=difficulty)
        card.last_review = NOON - timedelta(days=days)
        cards.append(card)
    stabilities, difficulties, waits = (np.array(c, float) for c in zip(*known, strict=True))
    w = DEFAULT_PARAMETERS

    def theirs() -> list[float | None]:
        return [scheduler.review_card(card, good, NOON)[0].stability for card in cards]

    def ours() -> list[float]:
        return [next_memory(Memory(s, d), 3, days).stability for s, d, days in known]

    def columns() -> tuple[object, object]:
        expected = recall(waits, stabilities, w)
        after = next_stability(stabilities, difficulties, expected, 3, w)
        return after, next_difficulty(difficulties, 3, w)

    assert ours() == pytest.approx(theirs(), rel=1e-9)
    assert columns()[0] == pytest.approx(ours(), rel=1e-9)
    slow, scalar, vector = timed(theirs), timed(ours), timed(columns)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{STEPS} answers: py-fsrs {STEPS / slow / 1e3:.0f} k/s, own step "
            f"{STEPS / scalar / 1e3:.0f} k/s ({slow / scalar:.1f} times), on columns "
            f"{STEPS / vector / 1e3:.0f} k/s ({slow / vector:.0f} times)\n"
        )


@pytest.mark.parametrize("count", [500, 1_500, 50_000])
def test_a_plan_of_a_learner(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    one, seconds = exam(count=count, days=DAYS), calendar(DAYS, 30)
    market = clear([one], seconds)
    plan = plan_day([one], seconds, market)
    first = timed(lambda: plan_day([one], seconds, clear([one], seconds)))
    daily = timed(lambda: plan_day([one], seconds, clear([one], seconds, market)))
    outlook = timed(lambda: forecast([one], seconds, market))
    buttons = timed(lambda: next_days_by_rating(one, market, plan.prompt[:20]))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{count} prompts, {DAYS} days: first plan {first * 1e3:.0f} ms, any later day "
            f"{daily * 1e3:.0f} ms ({daily / first:.2f} of it), forecast {outlook * 1e3:.0f} ms, "
            f"buttons of 20 {buttons * 1e3:.0f} ms\n"
        )
    assert plan.seconds.sum() >= seconds[0]


def test_a_year_ahead_and_several_exams(capsys: pytest.CaptureFixture[str]) -> None:
    learner = Learner()
    year = Exam(exam(count=1_500).prompts, 365, learner)
    three = [exam(seed, count=500, days=days) for seed, days in ((1, 20), (2, 45), (3, 90))]
    for name, exams in (("a year ahead, 1500 prompts", [year]), ("three exams of 500", three)):
        seconds = calendar(max(each.days for each in exams), 30)
        market = clear(exams, seconds)
        first = timed(partial(clear, exams, seconds))
        daily = timed(partial(clear, exams, seconds, market))
        with capsys.disabled():
            sys.stdout.write(
                f"\n{name}: first market {first * 1e3:.0f} ms, a later day's {daily * 1e3:.0f} ms\n"
            )
        assert len(plan_day(exams, seconds, market).prompt) > 0
