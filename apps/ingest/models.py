"""How a note becomes cards and questions, as the person who gave the note sees it."""

from django.conf import settings
from django.db import models

from apps.common.models import Job
from apps.ingest.querysets import IngestRunQuerySet
from apps.notes.models import NoteVersion


class IngestRun(Job):
    """One reading of one version of a note.

    `publish` says whether what extraction is sure of goes to learners at once. `counts` is
    what came of it: `{topics, cards: {create, update, keep, orphan}, questions: {…}, drafts,
    lines: {used, structure, skipped}}`.
    """

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="runs")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    publish = models.BooleanField(default=True)
    counts = models.JSONField(default=dict, blank=True)

    objects = IngestRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Reading of {self.version}"
