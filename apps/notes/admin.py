"""Notes, to see and to file: their text comes from whoever gave them and stays as it is."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from apps.accounts.models import Person
from apps.courses.authoring import AuthoringForm, ExamFilter, ScopedAdmin
from apps.courses.models import Exam
from apps.notes.models import Note, NoteVersion

if TYPE_CHECKING:
    NoteForm = AuthoringForm[Note]
    VersionInlineBase = admin.TabularInline[NoteVersion, Note]
else:
    NoteForm = AuthoringForm
    VersionInlineBase = admin.TabularInline


class VersionInline(VersionInlineBase):
    """The versions of a note, which nobody changes."""

    model = NoteVersion
    fields = ("number", "kind", "created_at", "page")
    readonly_fields = fields
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[NoteVersion]:
        return super().get_queryset(request).defer("text", "fates")

    def has_add_permission(self, request: HttpRequest, obj: Note | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Note | None = None) -> bool:
        return False

    @admin.display(description="text")
    def page(self, version: NoteVersion) -> str:
        address = f"{reverse('note', args=[version.note_id])}?version={version.number}"
        return format_html('<a href="{}">Read it</a>', address)


@admin.register(Note)
class NoteAdmin(ScopedAdmin[Note]):
    """The course's notes. New ones are added on the exam's own page."""

    form = NoteForm
    list_display = ("name", "exam", "topic", "version_count", "updated_at", "page")
    list_filter = (("exam", ExamFilter),)
    search_fields = ("name",)
    ordering = ("exam__title", "name")
    fields = ("name", "exam", "topic", "page")
    readonly_fields = ("name", "exam", "page")
    inlines = (VersionInline,)

    def rows(self, user: Person) -> QuerySet[Note]:
        course = Note.objects.filter(owner=None, exam__in=Exam.objects.editable_by(user))
        return course.select_related("exam", "topic").annotate(version_count=Count("versions"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="versions", ordering="version_count")
    def version_count(self, note: Any) -> int:
        return int(note.version_count)

    @admin.display(description="text")
    def page(self, note: Note) -> str:
        return format_html('<a href="{}">Read it</a>', reverse("note", args=[note.pk]))
