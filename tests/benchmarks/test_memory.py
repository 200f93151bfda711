"""How fast memories are computed beside py-fsrs and fsrs-rs: printed for people, never judged."""

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import fsrs as py_fsrs
import fsrs_rs_python as fsrs_rs
import numpy as np
import pytest

from apps.study.memory.calibration import Calibration
from apps.study.memory.fsrs import DEFAULT_PARAMETERS, Memory, next_memory
from apps.study.memory.replay import Answer, Calendar, evidence, steps
from apps.study.planner.prompts import Prompts
from apps.study.planner.retention_mode import Deck, plan_day, schedule

REVIEWS = int(os.environ.get("PASSNOTES_BENCHMARK_REVIEWS", "5000"))
"""Answers of each kind; 100000 gives steadier figures."""
LONGEST = 10
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def histories() -> list[list[tuple[int, int]]]:
    """Logs of ten answers each: rating, and days since the last."""
    chance = random.Random(1)  # noqa: S311 - luck, not secrecy
    return [
        [(chance.choice((1, 2, 3, 3, 3, 4)), chance.randint(1, 60)) for _ in range(LONGEST)]
        for _ in range(REVIEWS // LONGEST)
    ]


LOGS = histories()


def ours() -> list[Memory | None]:
    memories: list[Memory | None] = []
    for log in LOGS:
        memory = None
        for rating, days in log:
            memory = next_memory(memory, rating, days, DEFAULT_PARAMETERS)
        memories.append(memory)
    return memories


def theirs_in_python() -> list[Any]:
    scheduler = py_fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards = []
    for log in LOGS:
        card, moment = py_fsrs.Card(), NOON
        for rating, days in log:
            moment += timedelta(days=days)
            card, _ = scheduler.review_card(card, py_fsrs.Rating(rating), moment)
        cards.append(card)
    return cards


def theirs_in_rust() -> list[Any]:
    model = fsrs_rs.FSRS(list(DEFAULT_PARAMETERS))
    items = [
        fsrs_rs.FSRSItem(
            [fsrs_rs.FSRSReview(rating, days if n else 0) for n, (rating, days) in enumerate(log)]
        )
        for log in LOGS
    ]
    states: list[Any] = model.memory_state_batch(items)
    return states


def seconds(work: Callable[[], Any]) -> float:
    """Processor seconds of the best of three."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def test_a_step_of_memory_beside_the_other_implementations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rates = {
        "py-fsrs": REVIEWS / seconds(theirs_in_python),
        "ours, one at a time": REVIEWS / seconds(ours),
        "fsrs-rs, a batch with its objects": REVIEWS / seconds(theirs_in_rust),
    }
    with capsys.disabled():
        sys.stdout.write("\n")
        for name, rate in rates.items():
            ratio = rate / rates["py-fsrs"]
            sys.stdout.write(f"{name}: {rate / 1000:.0f} k answers/s, {ratio:.1f} x py-fsrs\n")
    for memory, card, state in zip(ours(), theirs_in_python(), theirs_in_rust(), strict=True):
        assert memory is not None
        assert memory.stability == pytest.approx(card.stability, rel=1e-9)
        assert memory.stability == pytest.approx(state.stability, rel=1e-4)


def test_a_whole_log_replayed_with_its_calibration(capsys: pytest.CaptureFixture[str]) -> None:
    calendar = Calendar(ZoneInfo("Europe/Paris"), 4)
    logs: list[list[Answer]] = []
    for number, log in enumerate(LOGS):
        moment, answers = NOON, []
        for place, (rating, days) in enumerate(log):
            moment += timedelta(days=days)
            answers.append(Answer(f"{number} {place}", rating, moment, place))
        logs.append(answers)

    def replayed() -> Calibration:
        known = Calibration.prior()
        for answers in logs:
            taken = steps(
                answers,
                calendar=calendar,
                desired_retention=0.9,
                parameters=DEFAULT_PARAMETERS,
            )
            known = known.plus(evidence(taken, DEFAULT_PARAMETERS))
        return known

    rate = REVIEWS / seconds(replayed)
    with capsys.disabled():
        sys.stdout.write(f"\nlog replayed, days and calibration included: {rate / 1000:.0f} k/s\n")
    assert replayed().spread < Calibration.prior().spread


@pytest.mark.parametrize("count", [500, 1_500, 50_000])
def test_a_day_without_an_exam_date(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(1)
    stability = np.exp(rng.normal(3, 1.3, count))
    stability[rng.random(count) < 0.3] = np.nan  # not met yet
    elapsed = (rng.random(count) * np.nan_to_num(stability)).astype(int)
    deck = Deck(
        prompts=Prompts.of(
            weight=np.full(count, 1 / count),
            stability=stability,
            difficulty=rng.uniform(1, 10, count),
            elapsed=elapsed,
            card=np.arange(count) // 2,
        ),
        answered=-elapsed.astype(float),
        failed=np.zeros(count, dtype=bool),
        reps=np.where(np.isnan(stability), 0, 4),
        seed=rng.integers(0, 2**62, count),
        seconds=np.full(7, 1800.0),
    )
    taken = seconds(lambda: plan_day(deck, schedule(deck)))
    with capsys.disabled():
        sys.stdout.write(f"\n{count} prompts placed and today planned: {taken * 1000:.0f} ms\n")
    assert len(plan_day(deck, schedule(deck)).order) > 0
