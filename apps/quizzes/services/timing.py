"""When a paper ends: its minutes, and what a learner gets on top of them."""

from datetime import datetime, timedelta

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Exam, Membership
from apps.quizzes.models import Attempt, ExtraTime

NONE = ExtraTime()


def extra_of(user: User, exam: Exam) -> ExtraTime:
    """The learner's extra time in the quizzes of an exam; nothing where none was given."""
    return ExtraTime.objects.filter(user=user, exam=exam).first() or NONE


def deadline_of(started_at: datetime, minutes: int | None, extra: ExtraTime) -> datetime | None:
    """The moment a paper of so many minutes ends; None without a limit."""
    if minutes is None:
        return None
    longer = timedelta(minutes=minutes) * (100 + extra.per_cent) / 100
    return started_at + longer + timedelta(minutes=extra.minutes)


@transaction.atomic
def grant_extra_time(*, user: User, exam: Exam, per_cent: int, minutes: int) -> ExtraTime:
    """Give a learner more time in every quiz of the exam, in running ones at once.

    Granting again replaces what was granted. A running paper is never made to end earlier than
    the learner was told, only later.
    """
    if not Membership.objects.filter(user=user, exam=exam).exists():
        raise DomainError("This person does not learn for this exam.")
    extra, _ = ExtraTime.objects.update_or_create(
        user=user, exam=exam, defaults={"per_cent": per_cent, "minutes": minutes}
    )
    running = Attempt.objects.select_for_update().filter(user=user, exam=exam, submitted_at=None)
    for attempt in running.exclude(deadline=None):
        deadline = deadline_of(attempt.started_at, attempt.minutes, extra)
        if deadline is not None and attempt.deadline is not None:
            attempt.deadline = max(deadline, attempt.deadline)
            attempt.save(update_fields=["deadline"])
    return extra
