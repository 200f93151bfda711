"""Every learner's day is planned at their own four in the morning, once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.study.models import DailyPlan, Enrolment
from apps.study.services.plans import FEWEST_NEW, plan_day, plan_due_days
from tests.factories import make_card, make_enrolment, make_user

MIDNIGHT = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


@pytest.fixture
def travellers(open_exam: Exam) -> list[Enrolment]:
    """Three learners for whom four in the morning comes at different moments."""
    zones = ("Asia/Tokyo", "Europe/Paris", "America/New_York")
    people = [make_user(zone.split("/")[1].lower(), time_zone=zone) for zone in zones]
    return [make_enrolment(user, open_exam, now=MIDNIGHT) for user in people]


def test_the_day_is_planned_when_it_begins_where_the_learner_is(
    travellers: list[Enrolment],
) -> None:
    plan_due_days(now=MIDNIGHT)
    DailyPlan.objects.all().delete()
    planned: dict[str, int] = {}
    for hour in range(24):
        plan_due_days(now=MIDNIGHT + timedelta(hours=hour))
        for plan in DailyPlan.objects.select_related("enrolment__user"):
            planned.setdefault(plan.enrolment.user.time_zone, hour)
    # 4 a.m. in New York is 9 a.m. UTC, in Paris 3, in Tokyo 19.
    assert planned == {"America/New_York": 9, "Europe/Paris": 3, "Asia/Tokyo": 19}


def test_a_late_run_plans_today_and_not_the_day_it_missed(travellers: list[Enrolment]) -> None:
    plan_due_days(now=MIDNIGHT + timedelta(days=3, hours=12))
    assert set(DailyPlan.objects.values_list("day", flat=True)) == {
        date(2026, 3, 5),
    }


def test_running_twice_plans_once(travellers: list[Enrolment]) -> None:
    assert plan_due_days(now=MIDNIGHT) == 3
    assert plan_due_days(now=MIDNIGHT) == 0
    assert DailyPlan.objects.count() == 3


def test_chunks_do_not_lose_anybody(travellers: list[Enrolment]) -> None:
    assert plan_due_days(now=MIDNIGHT, chunk=2) == 3


def test_the_exam_date_sets_the_pace(carol: User, exam: Exam, topic: Topic) -> None:
    for _ in range(60):
        make_card(topic)
    soon = make_enrolment(carol, exam, now=MIDNIGHT, exam_date=date(2026, 3, 9))
    assert plan_day(enrolment=soon, now=MIDNIGHT).new_limit == 48  # all that 20 minutes hold
    DailyPlan.objects.all().delete()
    soon.exam_date = date(2027, 3, 9)
    assert plan_day(enrolment=soon, now=MIDNIGHT).new_limit == FEWEST_NEW


def test_the_schedule_runs_it(travellers: list[Enrolment], settings: Any) -> None:
    from apps.config.celery import app

    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    app.loader.import_default_modules()
    assert names <= set(app.tasks)
    app.tasks["apps.study.tasks.plan_due_days"].run()
    assert DailyPlan.objects.count() == 3
