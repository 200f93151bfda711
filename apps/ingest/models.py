"""How a note becomes cards and questions, as the person who gave the note sees it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.common.models import Job
from apps.extraction.items import Budget
from apps.ingest.budgets import MOST, NORMAL
from apps.ingest.querysets import IngestRunQuerySet
from apps.notes.models import NoteVersion


class IngestRun(Job):
    """One reading of one version of a note.

    `publish` says whether what extraction is sure of goes to learners at once. `review_first`
    asks for the plan to be shown before anything that is there already changes; such a run is
    over without `applied_at`, and `changes` says what it would do: `{change, item, before,
    after}` each. `cards_per_topic` and `questions_per_topic` say how many it makes at most.
    `counts` is what came of it: `{topics, cards: {create, update, keep, merge, orphan,
    conflict}, questions: {…}, drafts, disputes, left_out: {cards, questions}, lines: {topic,
    label, item, skipped}}`.
    """

    version = models.ForeignKey(NoteVersion, models.CASCADE, related_name="runs")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    publish = models.BooleanField(default=True)
    review_first = models.BooleanField(default=False)
    cards_per_topic = models.PositiveIntegerField(
        default=NORMAL.cards_per_topic, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    questions_per_topic = models.PositiveIntegerField(
        default=NORMAL.questions_per_topic, validators=[MaxValueValidator(MOST)]
    )
    counts = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=list, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = IngestRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Reading of {self.version}"

    @property
    def waits_for_a_word(self) -> bool:
        """Whether it is over but has only shown what it would change."""
        return self.state == self.State.SUCCEEDED and self.applied_at is None

    @property
    def budget(self) -> Budget:
        """How many items of one topic this reading makes at most."""
        return Budget(
            cards_per_topic=self.cards_per_topic, questions_per_topic=self.questions_per_topic
        )
