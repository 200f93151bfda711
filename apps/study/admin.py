"""Who prepares for what, for administrators who help; learners' memories stay their own."""

from django.contrib import admin
from django.db.models import QuerySet

from apps.accounts.models import Person
from apps.courses.authoring import ExamFilter, ReadOnlyAdmin
from apps.courses.models import Exam
from apps.study.models import Enrolment


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin[Enrolment]):
    list_display = ("user", "exam", "exam_date", "after_exam", "created_at")
    list_filter = (("exam", ExamFilter),)
    search_fields = ("user__name", "user__email")

    def rows(self, user: Person) -> QuerySet[Enrolment]:
        mine = Enrolment.objects.filter(exam__in=Exam.objects.editable_by(user))
        return mine.select_related("user", "exam")
