"""Wherever learners travel and whenever clocks change: no study day is skipped or planned twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.courses.models import Exam
from apps.study.models import DailyPlan, Enrolment
from apps.study.services.days import today_of
from apps.study.services.plans import plan_day, plan_due_days
from tests.factories import make_enrolment, make_topic, make_user
from tests.study.preparing import make_cards

pytestmark = pytest.mark.django_db

# From both ends of the world, with half hours, and with clocks that change on different days.
ZONES = (
    "Pacific/Kiritimati", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Tokyo",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Africa/Cairo", "Europe/Paris",
    "Europe/London", "UTC", "Atlantic/Azores", "America/Sao_Paulo", "America/St_Johns",
    "America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Pago_Pago",
)  # fmt: skip
# Weeks in which clocks change in Europe and America, and one in which none does.
WEEKS = tuple(
    datetime(*day, tzinfo=UTC)
    for day in ((2026, 3, 6), (2026, 3, 27), (2026, 10, 23), (2026, 10, 30), (2026, 6, 1))
)
HOURS = 24 * 3


@st.composite
def journeys(draw: st.DrawFn) -> dict[int, str]:
    """In which zone a learner is from which hour on."""
    moves = draw(st.dictionaries(st.integers(1, HOURS - 1), st.sampled_from(ZONES), max_size=4))
    return {0: draw(st.sampled_from(ZONES)), **moves}


def relocate(user: User, zone: str) -> None:
    user.time_zone = zone
    user.save(update_fields=["time_zone"])


@pytest.fixture
def traveller(open_exam: Exam) -> Enrolment:
    make_cards(make_topic(open_exam, "All"), 3)
    return make_enrolment(make_user("traveller"), open_exam, now=WEEKS[0])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    journey=journeys(),
    begins=st.sampled_from(WEEKS),
    minute=st.integers(0, 59),
    rollover=st.integers(0, 23),
    looks=st.sets(st.integers(0, HOURS - 1), max_size=5),
)
def test_every_day_is_planned_once(
    traveller: Enrolment,
    journey: dict[int, str],
    begins: datetime,
    minute: int,
    rollover: int,
    looks: set[int],
) -> None:
    user = traveller.user
    user.day_start_hour = rollover
    user.save()
    DailyPlan.objects.all().delete()
    Enrolment.objects.update(next_plan_at=begins)
    made: dict[date, int] = {}
    lived: set[date] = set()
    unsettled: set[date] = set()
    for hour in range(HOURS):
        now = begins + timedelta(hours=hour, minutes=minute)
        if hour in journey:
            relocate(user, journey[hour])
        today = today_of(user, now)
        lived.add(today)
        if hour and hour in journey:
            unsettled |= {today, today + timedelta(days=1)}
        if plan_due_days(now=now) or hour in looks:
            assert plan_day(enrolment=traveller, now=now).day == today
            for plan in DailyPlan.objects.all():
                assert made.setdefault(plan.day, plan.pk) == plan.pk
    # A day is planned when it is looked at. The schedule, too, plans each day by itself, but for
    # the last, which is not over, and those around a move: it wakes by the zone that was left.
    assert lived - {max(lived)} - unsettled <= set(made) <= lived


def test_a_day_that_is_lived_twice_keeps_its_plan(traveller: Enrolment) -> None:
    tokyo_morning = datetime(2026, 3, 9, 22, 0, tzinfo=UTC)
    relocate(traveller.user, "Asia/Tokyo")
    first = plan_day(enrolment=traveller, now=tokyo_morning)
    relocate(traveller.user, "Pacific/Honolulu")
    evening_before = plan_day(enrolment=traveller, now=tokyo_morning + timedelta(hours=9))
    next_day = plan_day(enrolment=traveller, now=tokyo_morning + timedelta(hours=20))
    assert (first.day, evening_before.day) == (date(2026, 3, 10), date(2026, 3, 9))
    assert next_day.pk == first.pk
