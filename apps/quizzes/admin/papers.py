"""Blueprints to write, and learners' attempts to look at."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import Person
from apps.courses.authoring import ExamFilter, ReadOnlyAdmin, ScopedAdmin
from apps.courses.models import Exam
from apps.quizzes.models import Attempt, AttemptItem, Blueprint

if TYPE_CHECKING:
    ItemInlineBase = admin.TabularInline[AttemptItem, Attempt]
else:
    ItemInlineBase = admin.TabularInline


@admin.register(Blueprint)
class BlueprintAdmin(ScopedAdmin[Blueprint]):
    list_display = ("name", "exam", "kind", "question_count", "minutes")
    list_filter = (("exam", ExamFilter), "kind")
    fields = ("exam", "name", "kind", "question_count", "minutes")

    def rows(self, user: Person) -> QuerySet[Blueprint]:
        mine = Blueprint.objects.filter(exam__in=Exam.objects.editable_by(user))
        return mine.select_related("exam")

    def get_readonly_fields(self, request: HttpRequest, obj: Blueprint | None = None) -> Any:
        return [] if obj is None else ["exam"]


class ItemInline(ItemInlineBase):
    """The questions of a paper as they read when it was drawn."""

    model = AttemptItem
    fields = ("index", "stem", "domain", "response", "flagged", "spent_ms", "score", "ruling")
    readonly_fields = fields
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttemptItem]:
        return super().get_queryset(request).select_related("attempt", "question_version")

    def has_add_permission(self, request: HttpRequest, obj: Attempt | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Attempt | None = None) -> bool:
        return False

    @admin.display(description="question")
    def stem(self, item: AttemptItem) -> str:
        return str(item.question_version.content["stem"])


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin[Attempt]):
    list_display = ("user", "exam", "name", "started_at", "submitted_at", "percent", "passed")
    list_filter = (("exam", ExamFilter), "kind", "passed")
    search_fields = ("user__name", "user__email")
    ordering = ("-started_at",)
    fields = (
        "user",
        "exam",
        "kind",
        "title",
        "credit",
        "question_count",
        "minutes",
        "pass_mark",
        "started_at",
        "deadline",
        "submitted_at",
        "points",
        "percent",
        "passed",
    )
    inlines = (ItemInline,)

    def rows(self, user: Person) -> QuerySet[Attempt]:
        mine = Attempt.objects.filter(exam__in=Exam.objects.editable_by(user))
        return mine.select_related("user", "exam")
