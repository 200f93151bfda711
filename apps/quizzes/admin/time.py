"""Extra time of learners, in running papers at once."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import Person, User
from apps.courses.authoring import ExamFilter, ScopedAdmin
from apps.courses.models import Exam
from apps.quizzes.models import ExtraTime
from apps.quizzes.services.timing import grant_extra_time


@admin.register(ExtraTime)
class ExtraTimeAdmin(ScopedAdmin[ExtraTime]):
    list_display = ("user", "exam", "per_cent", "minutes")
    list_filter = (("exam", ExamFilter),)
    search_fields = ("user__name", "user__email")
    fields = ("exam", "user", "per_cent", "minutes")

    def rows(self, user: Person) -> QuerySet[ExtraTime]:
        mine = ExtraTime.objects.filter(exam__in=Exam.objects.editable_by(user))
        return mine.select_related("exam", "user")

    def get_readonly_fields(self, request: HttpRequest, obj: ExtraTime | None = None) -> Any:
        return [] if obj is None else ["exam", "user"]

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """People to choose from: the members of the exams the person edits."""
        if db_field.related_model is User:
            exams = Exam.objects.editable_by(request.user)
            return User.objects.filter(memberships__exam__in=exams).distinct()
        return super().get_field_queryset(db, db_field, request)

    def save_model(self, request: HttpRequest, obj: ExtraTime, form: Any, change: bool) -> None:
        granted = grant_extra_time(
            user=obj.user, exam=obj.exam, per_cent=obj.per_cent, minutes=obj.minutes
        )
        obj.pk = granted.pk
