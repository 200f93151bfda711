"""Cases: a situation with its questions."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import Person
from apps.bank.models import Question
from apps.courses.authoring import ExamFilter, ScopedAdmin
from apps.courses.models import Exam
from apps.quizzes.models import Case, CaseQuestion

if TYPE_CHECKING:
    PlaceInlineBase = admin.TabularInline[CaseQuestion, Case]
else:
    PlaceInlineBase = admin.TabularInline


class PlaceInline(PlaceInlineBase):
    """The questions of a case, in the order in which they are asked."""

    model = CaseQuestion
    extra = 1
    fields = ("position", "question")

    def get_formset(self, request: HttpRequest, obj: Case | None = None, **kwargs: Any) -> Any:
        self.case = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offers the course's questions of the case's exam, or of the exams the person edits."""
        case = getattr(self, "case", None)
        exams = Exam.objects.editable_by(request.user)
        mine = Question.objects.filter(owner=None, exam__in=exams)
        kwargs["queryset"] = mine if case is None else mine.filter(exam=case.exam)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Case)
class CaseAdmin(ScopedAdmin[Case]):
    list_display = ("title", "exam")
    list_filter = (("exam", ExamFilter),)
    search_fields = ("title", "text")
    fields = ("exam", "title", "text")
    inlines = (PlaceInline,)

    def rows(self, user: Person) -> QuerySet[Case]:
        return Case.objects.editable_by(user).select_related("exam")

    def get_readonly_fields(self, request: HttpRequest, obj: Case | None = None) -> Any:
        return [] if obj is None else ["exam"]
