"""The form in which a reading of a note travels over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.common.fields import VisibleKeyField, VisibleSlugField
from apps.courses.models import Exam, Topic
from apps.extraction.items import Budget
from apps.extraction.readers import MAX_BYTES
from apps.ingest.budgets import MOST, budget_of
from apps.ingest.models import IngestRun


class IngestRunSerializer(serializers.ModelSerializer[IngestRun]):
    """A reading and how far it is; `progress` is the share done, from 0 to 1."""

    exam = serializers.CharField(source="version.note.exam.code")
    note_id = serializers.IntegerField(source="version.note_id")
    note = serializers.CharField(source="version.note.name")
    version = serializers.IntegerField(source="version.number")
    waits_for_a_word = serializers.BooleanField()

    class Meta:
        model = IngestRun
        fields = (
            "id",
            "exam",
            "note_id",
            "note",
            "version",
            "state",
            "stage",
            "progress",
            "error",
            "cards_per_topic",
            "questions_per_topic",
            "counts",
            "changes",
            "waits_for_a_word",
            "applied_at",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields


class NewNoteSerializer(serializers.Serializer[Any]):
    """A note to be read. `personal` keeps it and its cards to yourself, as is the default;
    what is for everybody waits as drafts for an editor's look.

    With `review_first`, a reading that would change items that are there only shows its plan in
    `changes`, and waits for `apply`. `cards_per_topic` and `questions_per_topic` limit what is
    made; without them the note keeps the limits of its last reading.
    """

    exam = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())
    name = serializers.CharField(max_length=200, default="Pasted note")
    text = serializers.CharField(max_length=MAX_BYTES, trim_whitespace=False, allow_blank=True)
    topic = VisibleKeyField[Topic](
        queryset=Topic.objects.all(), required=False, allow_null=True, default=None
    )
    personal = serializers.BooleanField(default=True)
    review_first = serializers.BooleanField(default=False)
    cards_per_topic = serializers.IntegerField(
        min_value=1, max_value=MOST, required=False, allow_null=True, default=None
    )
    questions_per_topic = serializers.IntegerField(
        min_value=0, max_value=MOST, required=False, allow_null=True, default=None
    )

    def budget(self) -> Budget | None:
        """How much is wanted, None where that is not said."""
        wish = self.validated_data
        return budget_of(wish["cards_per_topic"], wish["questions_per_topic"])
