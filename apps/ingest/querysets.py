"""Which readings of notes a person sees."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from apps.accounts.models import Person, User
from apps.courses.models import Exam

if TYPE_CHECKING:
    from apps.ingest.models import IngestRun


class IngestRunQuerySet(QuerySet["IngestRun"]):
    def visible_to(self, user: Person) -> Self:
        """Readings of the person's own notes, and of course notes in exams they edit."""
        if not isinstance(user, User):
            return self.none()
        edited = Exam.objects.editable_by(user)
        return self.filter(
            Q(version__note__owner=user)
            | Q(version__note__owner=None, version__note__exam__in=edited)
        )
