"""Readings of the course's notes: how each went, and another try where one failed."""

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from apps.accounts.models import Person
from apps.common.models import JobState
from apps.common.tasks import after_commit
from apps.courses.authoring import ExamFilter, ReadOnlyAdmin
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import retry
from apps.ingest.tasks import ingest_note


@admin.register(IngestRun)
class IngestRunAdmin(ReadOnlyAdmin[IngestRun]):
    list_display = ("note", "exam", "state", "stage", "drafts", "error", "created_at")
    list_filter = ("state", ("version__note__exam", ExamFilter))
    search_fields = ("version__note__name",)
    ordering = ("-pk",)
    actions = ("read_again",)
    fields = (
        "note",
        "exam",
        "state",
        "stage",
        "progress",
        "error",
        "cards_per_topic",
        "questions_per_topic",
        "result",
        "started_by",
        "created_at",
        "finished_at",
    )

    def rows(self, user: Person) -> QuerySet[IngestRun]:
        course = IngestRun.objects.filter(
            version__note__owner=None, version__note__exam__in=Exam.objects.editable_by(user)
        )
        related = course.select_related("version__note__exam", "started_by")
        return related.defer("version__text", "version__fates")

    @admin.display(description="note")
    def note(self, run: IngestRun) -> str:
        return str(run.version)

    @admin.display(description="exam")
    def exam(self, run: IngestRun) -> str:
        return run.version.note.exam.title

    @admin.display(description="drafts")
    def drafts(self, run: IngestRun) -> Any:
        return run.counts.get("drafts", "–")

    @admin.display(description="what came of it")
    def result(self, run: IngestRun) -> str:
        return format_html("<pre>{}</pre>", json.dumps(run.counts, indent=2))

    @admin.action(description="Read again", permissions=["view"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[IngestRun]) -> None:
        for run in queryset:
            if run.state != JobState.FAILED:
                text = f"“{run}” has not failed, so there is nothing to repeat."
                self.message_user(request, text, messages.WARNING)
                continue
            retry(run=run)
            after_commit(ingest_note, run.pk)
            self.message_user(request, f"“{run}” is queued again.", messages.SUCCESS)
