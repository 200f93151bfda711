"""True retention and its prediction, against answers counted by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.courses.models import Topic
from apps.insights.retention import (
    PERIODS_SHOWN,
    Period,
    Trial,
    earliest,
    retention_by,
    retention_in_all,
    start_of,
    trials_of,
)
from apps.insights.statistics.proportions import wilson
from apps.study.memory.fsrs import next_memory, retrievability
from apps.study.models import Enrolment
from tests.factories import NOW, make_card
from tests.insights.reviewing import review, send
from tests.study.events import undo

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def day(number: int) -> datetime:
    """Nine in the morning, so many days after the first."""
    return NOW + timedelta(days=number)


@pytest.mark.django_db
def test_the_first_answer_of_a_later_day_is_a_trial(enrolment: Enrolment, topic: Topic) -> None:
    review(
        enrolment,
        make_card(topic),
        (3, day(0)),  # the first answer ever tells nothing
        (1, day(3)),
        (3, day(3) + timedelta(minutes=10)),  # a repetition of the same day neither
        (2, day(5)),
    )
    found = trials_of([enrolment])
    assert [(t.day, t.is_mature, t.recalled) for t in found] == [
        (day(3).date(), False, False),
        (day(5).date(), False, True),
    ]


@pytest.mark.django_db
def test_the_prediction_is_that_of_the_memory_model_at_the_learners_scale(
    enrolment: Enrolment, topic: Topic
) -> None:
    review(enrolment, make_card(topic), (3, day(0)), (3, day(4)), (1, day(40)))
    first = next_memory(None, 3, 0)
    second = next_memory(first, 3, 4)
    scale = enrolment.recall.scale
    assert [t.predicted for t in trials_of([enrolment])] == pytest.approx(
        [retrievability(first.stability * scale, 4), retrievability(second.stability * scale, 36)]
    )


@pytest.mark.django_db
def test_a_prompt_last_put_off_for_three_weeks_is_mature(
    enrolment: Enrolment, topic: Topic
) -> None:
    review(enrolment, make_card(topic), (4, day(0)), (4, day(8)), (3, day(60)))
    assert [t.is_mature for t in trials_of([enrolment])] == [False, True]


@pytest.mark.django_db
def test_what_was_undone_is_no_trial(enrolment: Enrolment, topic: Topic) -> None:
    card = make_card(topic)
    review(enrolment, card, (3, day(0)))
    (mistake,) = review(enrolment, card, (1, day(3)))
    send(enrolment, [undo(mistake)])
    assert trials_of([enrolment]) == []


@pytest.mark.django_db
def test_the_learners_own_day_counts(enrolment: Enrolment, topic: Topic) -> None:
    # 1 a.m. in Auckland is still the evening before, until the day begins at 4.
    enrolment.user.time_zone = "Pacific/Auckland"
    enrolment.user.save()
    review(
        enrolment,
        make_card(topic),
        (3, datetime(2026, 3, 2, 20, tzinfo=UTC)),  # the 3rd, 9 a.m.
        (3, datetime(2026, 3, 3, 12, tzinfo=UTC)),  # the 4th, 1 a.m.: the same study day
        (3, datetime(2026, 3, 3, 16, tzinfo=UTC)),  # the 4th, 5 a.m.
    )
    assert [t.day for t in trials_of([enrolment])] == [date(2026, 3, 4)]


def test_no_trials_make_no_retention() -> None:
    assert retention_by([], Period.WEEK, NOW.date()) == []
    assert retention_in_all([]) is None


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    sunday = date(2026, 3, 8)
    assert start_of(sunday, Period.DAY) == sunday
    assert start_of(sunday, Period.WEEK) == date(2026, 3, 2)
    assert start_of(sunday, Period.MONTH) == date(2026, 3, 1)
    assert earliest(Period.MONTH, date(2026, 3, 8)) == date(2024, 4, 1)
    assert earliest(Period.MONTH, date(2026, 12, 8)) == date(2025, 1, 1)
    assert earliest(Period.DAY, sunday) == date(2026, 2, 7)


@given(st.sampled_from(Period), DAYS)
def test_as_many_periods_are_told_as_are_promised(period: Period, today: date) -> None:
    first = earliest(period, today)
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    assert len({start_of(each, period) for each in days}) == PERIODS_SHOWN[period]
    assert start_of(first, period) == first


TRIALS = st.lists(st.builds(Trial, DAYS, st.booleans(), st.booleans(), st.floats(0, 1)))


@given(TRIALS, st.sampled_from(Period))
def test_the_periods_add_up_to_what_was_answered_in_them(
    trials: list[Trial], period: Period
) -> None:
    today = date(2026, 12, 31)
    told = retention_by(trials, period, today)
    recent = [t for t in trials if t.day >= earliest(period, today)]
    assert sum(each.all.count for each in told) == len(recent)
    assert sum(each.mature.recalled for each in told) == sum(
        t.recalled for t in recent if t.is_mature
    )
    assert [each.first for each in told] == sorted({start_of(t.day, period) for t in recent})
    whole = retention_in_all(trials)
    assert (whole.all.count if whole else 0) == len(trials)
    if whole and whole.all.count:
        assert whole.all.predicted == pytest.approx(sum(t.predicted for t in trials) / len(trials))


def test_an_interval_of_a_share_is_wilsons() -> None:
    # Worked by hand for 8 of 10 at z = 1.645: centre .7361, reach .1930.
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.541, 0.931)
    assert wilson(0, 0) == (0, 1)


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count))
    low, high = wilson(right, count)
    assert 0 <= low <= right / count + 1e-12
    assert right / count - 1e-12 <= high <= 1
