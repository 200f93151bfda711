"""Decks on their way out."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from apps.common.models import Job
from apps.courses.models import Exam
from apps.exchange.querysets import ExportQuerySet


class Export(Job):
    """One Anki package somebody asked for; the file is kept until a newer one replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="exports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    with_progress = models.BooleanField(default=False)
    file = models.FileField(upload_to="exports/", blank=True)
    note_count = models.PositiveIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.exam.code} for {self.user}"

    @property
    def file_name(self) -> str:
        suffix = "-with-progress" if self.with_progress else ""
        return f"{self.exam.code}{suffix}.apkg"


class CourseLoad(models.Model):
    """Which state of a course folder is in the bank, so that loading it again is free."""

    exam = models.OneToOneField(Exam, models.CASCADE, related_name="load")
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.exam}, loaded {self.loaded_at:%Y-%m-%d}"
