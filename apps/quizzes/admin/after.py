"""What happens after the marking: reports of faults, rulings, and what they changed."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import Person
from apps.courses.authoring import ReadOnlyAdmin, ScopedAdmin
from apps.courses.models import Exam
from apps.quizzes.models import Regrade, Report, Ruling, RulingKind
from apps.quizzes.services.regrading import rule
from apps.quizzes.services.reports import settle_reports

REACH = (
    "It holds for the question as it reads now and as it read before. "
    "Reword the question afterwards, and for whoever meets it then it counts again."
)

if TYPE_CHECKING:
    RegradeInlineBase = admin.TabularInline[Regrade, Ruling]
else:
    RegradeInlineBase = admin.TabularInline


class RegradeInline(RegradeInlineBase):
    """The attempts whose results a ruling changed."""

    model = Regrade
    fields = ("attempt", "percent_before", "percent_after", "passed_before", "passed_after")
    readonly_fields = fields
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regrade]:
        return super().get_queryset(request).select_related("attempt__user", "ruling")

    def has_add_permission(self, request: HttpRequest, obj: Ruling | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Ruling | None = None) -> bool:
        return False


@admin.register(Ruling)
class RulingAdmin(ScopedAdmin[Ruling]):
    """Made once, never edited: the newest ruling about a question holds."""

    list_display = ("question", "kind", "reason", "made_by", "made_at", "changed")
    fieldsets = ((None, {"fields": ("question", "kind", "reason"), "description": REACH}),)
    inlines = (RegradeInline,)
    autocomplete_fields = ("question",)

    def rows(self, user: Person) -> QuerySet[Ruling]:
        exams = Exam.objects.editable_by(user)
        mine = Ruling.objects.filter(question__owner=None, question__exam__in=exams)
        return mine.select_related("question", "made_by").annotate(changed=Count("regrades"))

    def has_change_permission(self, request: HttpRequest, obj: Ruling | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Ruling | None) -> Any:
        return self.inlines if obj else ()

    @admin.display(description="results changed")
    def changed(self, ruling: Any) -> int:
        return int(ruling.changed)

    def save_model(self, request: HttpRequest, obj: Ruling, form: Any, change: bool) -> None:
        made = rule(
            question=obj.question,
            kind=RulingKind(obj.kind),
            reason=obj.reason,
            made_by=request.user if request.user.is_authenticated else None,
            now=timezone.now(),
        )
        obj.pk, obj.made_at = made.pk, made.made_at
        count = made.regrades.count()
        self.message_user(request, f"Marked again: {count} results changed.", messages.SUCCESS)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin[Report]):
    list_display = ("question", "fault", "words", "user", "created_at", "is_settled")
    list_filter = ("is_settled", "fault")
    fields = ("question", "fault", "words", "user", "created_at", "is_settled")
    actions = ("settle",)

    def rows(self, user: Person) -> QuerySet[Report]:
        return Report.objects.answerable_by(user).select_related("question", "user")

    @admin.action(description="Put away: seen to", permissions=["view"])
    def settle(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        count = settle_reports(reports=list(queryset))
        self.message_user(request, f"{count} put away.", messages.SUCCESS)
