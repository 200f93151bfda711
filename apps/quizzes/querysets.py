"""Whose attempts these are, and whose time is up."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from apps.accounts.models import Person, User

if TYPE_CHECKING:
    from apps.quizzes.models import Attempt

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
