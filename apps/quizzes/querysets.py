"""Whose attempts these are, and whose time is up; which cases and reports somebody may answer."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from apps.accounts.models import Person, User
from apps.courses.models import Exam

if TYPE_CHECKING:
    from apps.quizzes.models import Attempt, Case, Report

# Answers given in time may arrive a little late: the browser sends what it has kept.
GRACE = timedelta(seconds=60)


class AttemptQuerySet(QuerySet["Attempt"]):
    def visible_to(self, user: Person) -> Self:
        """A learner's own attempts: nobody else sees them here."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user)

    def running(self) -> Self:
        """Attempts nobody has submitted yet."""
        return self.filter(submitted_at=None)

    def submitted(self) -> Self:
        """Marked attempts, whose results are open."""
        return self.exclude(submitted_at=None)

    def expired(self, now: datetime) -> Self:
        """Running attempts that take no answers any more."""
        return self.running().filter(deadline__lt=now - GRACE)


class CaseQuerySet(QuerySet["Case"]):
    def editable_by(self, user: Person) -> Self:
        """Cases of exams the person edits."""
        return self.filter(exam__in=Exam.objects.editable_by(user))


class ReportQuerySet(QuerySet["Report"]):
    def answerable_by(self, user: Person) -> Self:
        """Reports about the course's questions in exams the person edits."""
        edited = Exam.objects.editable_by(user)
        return self.filter(question__owner=None, question__exam__in=edited)
