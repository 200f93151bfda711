"""Every learner's day is planned at their own four in the morning, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from apps.courses.models import Exam
from apps.study.models import DailyPlan, Enrolment
from apps.study.services.plans import plan_due_days
from tests.factories import make_enrolment, make_topic, make_user
from tests.study.preparing import make_cards

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


@pytest.mark.services  # SQLite has one writer at a time: two workers are PostgreSQL's matter
@pytest.mark.django_db(transaction=True)
def test_two_workers_plan_every_learner_once(open_exam: Exam) -> None:
    make_cards(make_topic(open_exam, "All"), 5)
    for number in range(12):
        make_enrolment(make_user(f"learner{number}"), open_exam, now=MIDNIGHT)

    def work(_: int) -> int:
        planned = plan_due_days(now=MIDNIGHT, chunk=2)
        connection.close()
        return planned

    with ThreadPoolExecutor(2) as workers:
        planned = list(workers.map(work, range(2)))
    assert sum(planned) == 12
    assert DailyPlan.objects.count() == 12


def test_the_schedule_runs_it(travellers: list[Enrolment], settings: Any) -> None:
    from apps.config.celery import app

    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    app.loader.import_default_modules()
    assert names <= set(app.tasks)
    app.tasks["apps.study.tasks.plan_due_days"].run()
    assert DailyPlan.objects.count() == 3
