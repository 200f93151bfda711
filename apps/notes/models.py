"""What was given: notes, their versions, and the passages that items cite."""

from bisect import bisect_right

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from apps.common.models import Stamped
from apps.courses.models import Exam, Topic
from apps.notes.querysets import NoteQuerySet, PassageQuerySet


class NoteKind(models.TextChoices):
    TEXT = "text", "Plain text"
    MARKDOWN = "markdown", "Markdown"
    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"


class Note(Stamped):
    """A note as its writer thinks of it: one name, many versions.

    `owner` is set for a learner's own note, which only they see; the course's notes have none.
    """

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="notes")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="notes"
    )
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notes",
        help_text="Where the note's own topics hang",
    )
    name = models.CharField(max_length=200)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "exam", Coalesce("owner", 0), "name", name="note_name_once_for_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NoteVersion(models.Model):
    """The text of a note at one time. Never changed: items cite its lines.

    The text is what a person reads: of a web page, a PDF or a Word document its words, written as
    Markdown. `pages` holds the line each page begins on, empty where a note has no pages.
    `fates` holds one `{line, fate, reason}` for each line with something on it.
    """

    note = models.ForeignKey(Note, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=NoteKind, default=NoteKind.TEXT)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    pages = models.JSONField(default=list, blank=True)
    fates = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["note", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="note_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.note}, version {self.number}"

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def page_of(self, line: int) -> int | None:
        """The page a line stands on, from 1; None where the note has no pages."""
        return bisect_right(self.pages, line) or None


class Passage(models.Model):
    """Some lines of one version of a note: the place an item can be checked against.

    Lines count from 1 and both ends are included.
    """

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="passages")
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    quote = models.TextField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["version", "first_line"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "first_line", "last_line"], name="passage_once_per_version"
            ),
            models.CheckConstraint(
                condition=models.Q(last_line__gte=models.F("first_line")),
                name="passage_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        place = f"{self.version.note}"
        if self.page is not None:
            place += f", p. {self.page}"
        if self.first_line == self.last_line:
            return f"{place}, line {self.first_line}"
        return f"{place}, lines {self.first_line} to {self.last_line}"

    @property
    def page(self) -> int | None:
        """The page the passage begins on, from 1; None where the note has no pages."""
        return self.version.page_of(self.first_line)
