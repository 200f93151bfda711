"""A learner's minutes: a usual week, dates that differ, days off, shared by all exams."""

from datetime import timedelta

import pytest

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Exam, Topic
from apps.study.models import DailyPlan, Enrolment
from apps.study.services.availability import (
    make_usual,
    set_day,
    set_minutes_per_day,
    set_week,
    take_day_off,
    time_of,
)
from apps.study.services.enrolments import change_goal, enrol
from apps.study.services.plans import add_minutes, plan_day
from tests.factories import NOW, make_enrolment
from tests.study.preparing import TODAY, make_cards

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


def test_who_said_nothing_has_twenty_minutes_every_day(dave: User) -> None:
    assert time_of(dave).week == (20,) * 7


def test_each_weekday_has_its_own_minutes(dave: User) -> None:
    set_week(user=dave, minutes=[10, 0, 10, 0, 10, 60, 60], now=NOW)
    monday = TODAY  # NOW is a Monday
    assert [time_of(dave).minutes(monday + timedelta(days=n)) for n in range(7)] == [
        10, 0, 10, 0, 10, 60, 60,
    ]  # fmt: skip


def test_a_day_off_is_taken_and_given_back(dave: User) -> None:
    assert take_day_off(user=dave, day=TOMORROW, now=NOW).minutes(TOMORROW) == 0
    assert make_usual(user=dave, day=TOMORROW, now=NOW).minutes(TOMORROW) == 20


def test_a_date_may_have_more_than_usual(dave: User) -> None:
    set_day(user=dave, day=TOMORROW, minutes=30, now=NOW)
    assert set_day(user=dave, day=TOMORROW, minutes=90, now=NOW).minutes(TOMORROW) == 90


@pytest.mark.parametrize("week", [[20] * 6, [20] * 6 + [-1], [20] * 6 + [1441], [20.5] * 7])
def test_an_impossible_week_is_refused_in_words(dave: User, week: list[int]) -> None:
    with pytest.raises(DomainError, match="seven numbers"):
        set_week(user=dave, minutes=week, now=NOW)
    assert time_of(dave).week == (20,) * 7


def test_a_day_that_is_over_cannot_be_changed(dave: User) -> None:
    with pytest.raises(DomainError, match="over"):
        take_day_off(user=dave, day=TODAY - timedelta(days=1), now=NOW)


def test_a_day_has_no_more_minutes_than_a_day(dave: User) -> None:
    with pytest.raises(DomainError, match="1440"):
        set_day(user=dave, day=TODAY, minutes=1441, now=NOW)


def test_one_number_for_all_days_keeps_a_week_that_has_it_on_average(dave: User) -> None:
    set_week(user=dave, minutes=[0, 40, 0, 40, 0, 40, 20], now=NOW)
    set_minutes_per_day(user=dave, minutes=20, now=NOW)
    assert time_of(dave).week == (0, 40, 0, 40, 0, 40, 20)
    set_minutes_per_day(user=dave, minutes=30, now=NOW)
    assert time_of(dave).week == (30,) * 7


def test_a_second_exam_shares_the_minutes_of_the_first(
    dave: User, exam: Exam, open_exam: Exam
) -> None:
    enrol(user=dave, exam=open_exam, now=NOW, minutes_per_day=45)
    other = Exam.objects.create(code="more", title="More", visibility="open")
    assert enrol(user=dave, exam=other, now=NOW).minutes_per_day == 45


def test_the_minutes_of_the_goal_are_the_learners(enrolment: Enrolment) -> None:
    change_goal(enrolment=enrolment, now=NOW, exam_date=None, minutes_per_day=35)
    assert time_of(enrolment.user).minutes_per_day == 35


def test_other_minutes_make_another_plan_for_today(
    carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    make_cards(topic, 60)
    usual = plan_day(enrolment=enrolment, now=NOW).seconds
    set_week(user=carol, minutes=[40] * 7, now=NOW)
    assert plan_day(enrolment=enrolment, now=NOW).seconds > usual
    take_day_off(user=carol, day=TODAY, now=NOW)
    assert plan_day(enrolment=enrolment, now=NOW).prompts == []
    assert DailyPlan.objects.count() == 1


def test_more_minutes_today_are_added_to_those_there_are(
    carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    make_cards(topic, 100)
    enrolment.exam_date = TODAY + timedelta(days=10)
    enrolment.save()
    before = plan_day(enrolment=enrolment, now=NOW)
    after = add_minutes(enrolment=enrolment, now=NOW, minutes=10)
    assert time_of(carol).minutes(TODAY) == 30
    assert len(after.prompts) > len(before.prompts)


def test_a_day_cannot_be_made_longer_than_it_is(enrolment: Enrolment) -> None:
    with pytest.raises(DomainError, match="no more than the day has"):
        add_minutes(enrolment=enrolment, now=NOW, minutes=1440)


def test_nobody_elses_minutes_change(carol: User, dave: User, exam: Exam) -> None:
    make_enrolment(carol, exam)
    set_week(user=carol, minutes=[5] * 7, now=NOW)
    assert time_of(dave).week == (20,) * 7
