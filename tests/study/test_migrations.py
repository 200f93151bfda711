"""What learners had before a change of the tables is still theirs afterwards."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ACCOUNTS = ("accounts", "0001_initial")
BEFORE = [ACCOUNTS, ("study", "0002_the_learners_time")]
AFTER = [ACCOUNTS, ("study", "0003_minutes_of_the_learner")]


def migrated_to(targets: list[tuple[str, str]]) -> Any:
    """The models as they are after these migrations, the database with them."""
    MigrationExecutor(connection).migrate(targets)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state(targets).apps


@pytest.mark.django_db(transaction=True)
def test_the_minutes_of_all_exams_become_the_learners() -> None:
    try:
        apps = migrated_to(BEFORE)
        user = apps.get_model("accounts", "User").objects.create(email="carol@example.org")
        for code, minutes in (("bio", 25), ("law", 40)):
            exam = apps.get_model("courses", "Exam").objects.create(code=code, title=code)
            apps.get_model("study", "Enrolment").objects.create(
                user=user,
                exam=exam,
                minutes_per_day=minutes,
                next_plan_at=datetime(2026, 3, 2, tzinfo=UTC),
            )
        apps = migrated_to(AFTER)
        week = apps.get_model("study", "Availability").objects.get(user_id=user.pk)
        assert week.weekday_minutes == [65] * 7
        apps.get_model("study", "Enrolment").objects.all().delete()
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
