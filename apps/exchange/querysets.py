"""Whose exports and imports these are."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from apps.accounts.models import Person, User
from apps.courses.models import Exam

if TYPE_CHECKING:
    from apps.exchange.models import Export, ImportRun, QuestionImport


class ExportQuerySet(QuerySet["Export"]):
    def visible_to(self, user: Person) -> Self:
        """The person's own exports, but for those whose file a newer one has replaced."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user).exclude(state="succeeded", file="")

    def last_download(self, user: User, exam: Exam) -> "Export | None":
        """What the person fetched last: the state their Anki is taken to be in."""
        fetched = self.filter(user=user, exam=exam, downloaded_at__isnull=False)
        return fetched.order_by("-created_at").first()


class ImportRunQuerySet(QuerySet["ImportRun"]):
    def visible_to(self, user: Person) -> Self:
        """The person's own imports."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user)


class QuestionImportQuerySet(QuerySet["QuestionImport"]):
    def visible_to(self, user: Person) -> Self:
        """The person's own imports, in exams they may author."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user, exam__in=Exam.objects.editable_by(user))
