"""Decks and questions on their way out and in."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from apps.common.models import Job
from apps.courses.models import Exam, Topic
from apps.exchange.querysets import (
    ExportQuerySet,
    ImportRunQuerySet,
    QuestionImportQuerySet,
)


class Change(models.TextChoices):
    """What an import does to a note the learner has, or does not have yet."""

    NEW = "new", "New"
    EDITED = "edited", "Edited"
    MOVED = "moved", "Moved to another topic"
    RETIRED = "retired", "No longer asked"
    CONFLICT = "conflict", "Will conflict"
    SAME = "same", "As it was"
    ABSENT = "absent", "Not in this file"


class Export(Job):
    """A file for Anki that somebody asked for, kept until a newer one of its kind replaces it.

    It is a package of the deck, with or without the learner's progress, or a text update of a
    package they fetched before. `changes` counts its notes by what an import does to them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="exports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    with_progress = models.BooleanField(default=False)
    as_text = models.BooleanField(default=False)
    with_questions = models.BooleanField(default=False)
    file = models.FileField(upload_to="exports/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    note_count = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=dict, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.exam.code} for {self.user}"

    @property
    def title(self) -> str:
        """What it is, in words."""
        deck = "Deck with progress" if self.with_progress else "Deck only"
        content = "Text update" if self.as_text else deck
        return f"{content}, with questions" if self.with_questions else content

    @property
    def file_suffix(self) -> str:
        return ".txt" if self.as_text else ".apkg"

    @property
    def file_name(self) -> str:
        content = "-with-progress" if self.with_progress else "-update" if self.as_text else ""
        return f"{self.exam.code}{content}{self.file_suffix}"


class LedgerEntry(models.Model):
    """One note as an export gave it to its learner, or as they have it from one before.

    `item` is the card or question, `digest` that of all an import would bring. `modified_at` is
    the date the note was given, in whole seconds; `deck` its path below the exam's own; `topic`
    the key of the topic it stood under.
    """

    export = models.ForeignKey(Export, models.CASCADE, related_name="entries")
    item = models.UUIDField()
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    modified_at = models.DateTimeField()
    deck = models.JSONField(default=list)
    topic = models.BigIntegerField()
    is_retired = models.BooleanField(default=False)
    change = models.CharField(max_length=8, choices=Change)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["export", "item"], name="item_once_per_export"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.change}"


class ImportRun(Job):
    """One Anki package on its way in, for one learner and exam.

    With `review_first` it is over once `report` says what it would do, and waits for a word
    without `applied_at`. The package is kept only until then; see
    `apps.exchange.anki.importing.report` for the form of the report.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/", blank=True)
    review_first = models.BooleanField(default=True)
    report = models.JSONField(default=dict, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} into {self.exam.code}"

    @property
    def waits_for_a_word(self) -> bool:
        """Whether it has only shown what it would do, and can still do it."""
        return self.state == self.State.SUCCEEDED and self.applied_at is None and bool(self.file)


class RowFate(models.TextChoices):
    """What bringing a question in does to the bank."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    SAME = "same", "As it is"
    REFUSED = "refused", "Cannot be taken"


class QuestionImport(Job):
    """A file of questions on its way into an exam.

    It is read first: then its rows say what it would do, and it waits for a word. Only once that
    is given, and the bank is still as the rows say, it is carried out, all of it or nothing. The
    file itself is kept until it is read. `lacks` are the fields its format never speaks of.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="question_imports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="question_imports"
    )
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="questions/", blank=True)
    form = models.CharField(max_length=10, blank=True)
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where questions go that name no topic",
    )
    lacks = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    is_confirmed = models.BooleanField(default=False)
    notice = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} into {self.exam.code}"

    @property
    def changes_anything(self) -> bool:
        return bool(self.counts.get(RowFate.NEW) or self.counts.get(RowFate.CHANGED))

    @property
    def waits_for_a_word(self) -> bool:
        """Whether it has only shown what it would do."""
        is_shown = self.state == self.State.SUCCEEDED and self.applied_at is None
        return is_shown and self.changes_anything


class QuestionImportRow(models.Model):
    """One question of a file, and what becomes of it.

    `said` is the entry as it was read. `question` is the id it has here or will have, `version`
    the number of the version it was compared with. `before` and `after` have the form of an
    item's versions, and the titles of the topic. `faults` are `{what, is_error}`.
    """

    run = models.ForeignKey(QuestionImport, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    fate = models.CharField(max_length=8, choices=RowFate)
    said = models.JSONField()
    question = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="import_row_position_once"),
        ]
        indexes = [models.Index(fields=["run", "fate", "position"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_fate_display()}"


class CourseLoad(models.Model):
    """Which state of a course folder is in the bank, so that loading it again is free."""

    exam = models.OneToOneField(Exam, models.CASCADE, related_name="load")
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.exam}, loaded {self.loaded_at:%Y-%m-%d}"
