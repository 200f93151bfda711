"""Which notes and passages a person sees."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from apps.accounts.models import Person, User
from apps.courses.models import Exam

if TYPE_CHECKING:
    from apps.notes.models import Note, Passage


class NoteQuerySet(QuerySet["Note"]):
    def visible_to(self, user: Person) -> Self:
        """The person's own notes and the course's, in exams they see."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(owner=None) | Q(owner=user), exam__in=Exam.objects.visible_to(user))

    def editable_by(self, user: Person) -> Self:
        """The person's own notes and those of exams they edit."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(owner=user) | Q(owner=None, exam__in=Exam.objects.editable_by(user)))


class PassageQuerySet(QuerySet["Passage"]):
    def with_note(self) -> Self:
        """Passages that can name their note without another query."""
        return self.select_related("version__note").defer("version__text", "version__fates")
