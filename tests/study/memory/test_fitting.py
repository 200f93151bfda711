"""A fit counts only if it foretells answers it has not seen, by more than luck would."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.study.memory.fitting import first_held_back, held_back_losses, histories, is_better
from apps.study.memory.fsrs import DEFAULT_PARAMETERS
from apps.study.memory.replay import Answer, Calendar, steps

CALENDAR = Calendar(ZoneInfo("UTC"), 4)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def log_of(*days_and_ratings: tuple[int, int]) -> list[Answer]:
    return [
        Answer(f"{day}", rating, NOON + timedelta(days=day), seq)
        for seq, (day, rating) in enumerate(days_and_ratings)
    ]


def test_the_last_fifth_is_held_back() -> None:
    logs = [log_of(*((day, 3) for day in range(10)))]
    assert first_held_back(logs) == NOON + timedelta(days=8)
    with pytest.raises(ValueError, match="no answers"):
        first_held_back([])


def test_a_history_ends_with_each_answer_of_a_later_day() -> None:
    logs = [log_of((0, 3), (0, 3), (2, 1), (9, 4)), log_of((1, 2), (3, 3))]
    folded = [
        steps(each, calendar=CALENDAR, desired_retention=0.9, parameters=DEFAULT_PARAMETERS)
        for each in logs
    ]
    assert histories(folded, NOON + timedelta(days=9)) == [
        (0, [(3, 0), (3, 0), (1, 2)]),
        (1, [(2, 0), (3, 2)]),
    ]


def test_only_answers_of_a_later_day_are_judged() -> None:
    logs = [log_of((0, 3), (3, 3), (9, 3)), log_of((9, 3), (9, 1))]
    losses = held_back_losses(
        logs, NOON + timedelta(days=5), calendar=CALENDAR, parameters=DEFAULT_PARAMETERS
    )
    assert len(losses) == 1
    assert 0 < losses[0] < 0.5


def test_what_one_number_explains_is_not_put_down_to_the_parameters() -> None:
    logs = [log_of((0, 3), (2, 3), (12, 3), (50, 3)) for _ in range(50)]
    slower = tuple(0.5 * w if place < 4 else w for place, w in enumerate(DEFAULT_PARAMETERS))
    before, after = (
        sum(held_back_losses(logs, NOON + timedelta(days=40), calendar=CALENDAR, parameters=each))
        for each in (DEFAULT_PARAMETERS, slower)
    )
    assert after == pytest.approx(before, abs=0.1 * before)


def test_luck_is_not_taken_for_better_parameters() -> None:
    chance = random.Random(2)  # noqa: S311 - luck, not secrecy
    accepted = 0
    for _ in range(200):
        before = [chance.expovariate(3) for _ in range(300)]
        after = [loss + chance.gauss(0, 0.1) for loss in before]
        accepted += is_better(before, after)
    assert accepted <= 20
    assert is_better([0.4] * 150 + [0.5] * 150, [0.3] * 150 + [0.45] * 150)
    assert not is_better([0.4] * 300, [0.3995] * 300)
    assert not is_better([0.4] * 5, [0.1] * 5)
