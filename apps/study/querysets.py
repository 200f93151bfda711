"""Whose enrolments and memories these are, and which prompts are due."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from apps.accounts.models import Person, User

if TYPE_CHECKING:
    from apps.study.models import Availability, DayMinutes, Enrolment, Memory


class AvailabilityQuerySet(QuerySet["Availability"]):
    def visible_to(self, user: Person) -> Self:
        """A learner's own week."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user)


class DayMinutesQuerySet(QuerySet["DayMinutes"]):
    def visible_to(self, user: Person) -> Self:
        """The dates a learner has set themselves."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user)


class EnrolmentQuerySet(QuerySet["Enrolment"]):
    def visible_to(self, user: Person) -> Self:
        """A learner's own enrolments: nobody else sees them here."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user)


class MemoryQuerySet(QuerySet["Memory"]):
    def studied(self, enrolment: "Enrolment") -> Self:
        """Prompts the learner is still asked: of published cards, the course's or their own."""
        mine = Q(card__owner=None) | Q(card__owner=enrolment.user_id)
        return self.filter(mine, enrolment=enrolment, card__status="published", is_suspended=False)

    def not_buried(self, day: date) -> Self:
        """Without the prompts their learner has put off to a later day than this."""
        return self.filter(Q(buried_day=None) | Q(buried_day__lt=day))

    def due(self, enrolment: "Enrolment", day: date) -> Self:
        return self.studied(enrolment).filter(due_day__lte=day)

    def unseen(self, enrolment: "Enrolment") -> Self:
        return self.studied(enrolment).filter(due_day=None)
