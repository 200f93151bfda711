"""The forms in which exports and imports travel over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.common.fields import VisibleKeyField, VisibleSlugField
from apps.courses.models import Exam, Topic
from apps.exchange.models import (
    Change,
    Export,
    ImportRun,
    QuestionImport,
    QuestionImportRow,
)


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A file for Anki and how far it is; fetch it from `download` once `state` is `succeeded`.

    `change_counts` has the number of its notes by what importing them does; `changes` lists them.
    """

    exam = serializers.CharField(source="exam.code", read_only=True)
    change_counts = serializers.DictField(
        source="changes", child=serializers.IntegerField(), read_only=True
    )
    changes = serializers.HyperlinkedIdentityField(view_name="api:export-changes")
    download = serializers.HyperlinkedIdentityField(view_name="api:export-download")

    class Meta:
        model = Export
        fields = (
            "id",
            "exam",
            "with_progress",
            "as_text",
            "with_questions",
            "state",
            "progress",
            "error",
            "note_count",
            "created_at",
            "finished_at",
            "downloaded_at",
            "change_counts",
            "changes",
            "download",
        )
        read_only_fields = fields


class NewExportSerializer(serializers.Serializer[Any]):
    exam = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())
    with_progress = serializers.BooleanField(
        default=False, help_text="With what is known of the memory, and every answer"
    )
    as_text = serializers.BooleanField(
        default=False, help_text="A text update of a package that was fetched before"
    )
    with_questions = serializers.BooleanField(
        default=False, help_text="With the questions whose keys the person may see"
    )


class ChangedSerializer(serializers.Serializer[Any]):
    """A note of an export; `words` are what it asks, empty if the card is no longer there."""

    item = serializers.UUIDField()
    kind = serializers.CharField()
    change = serializers.ChoiceField(choices=Change.choices)
    words = serializers.CharField()


class ImportRunSerializer(serializers.ModelSerializer[ImportRun]):
    """A package on its way in; `report` says what became, or would become, of each of its rows.

    While `waits_for_a_word` nothing has changed yet: `apply` carries it out.
    """

    exam = serializers.CharField(source="exam.code", read_only=True)
    waits_for_a_word = serializers.BooleanField(read_only=True)

    class Meta:
        model = ImportRun
        fields = (
            "id",
            "exam",
            "name",
            "state",
            "stage",
            "progress",
            "error",
            "report",
            "waits_for_a_word",
            "applied_at",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields


class NewImportSerializer(serializers.Serializer[Any]):
    """A package to be brought in. With `review_first` it only says what it would do."""

    exam = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())
    file = serializers.FileField(help_text="An .apkg or .colpkg file")
    review_first = serializers.BooleanField(default=True)


class QuestionImportSerializer(serializers.ModelSerializer[QuestionImport]):
    """A file of questions on its way in; `counts` has the number of its questions by fate.

    While `waits_for_a_word` nothing has changed yet: `apply` carries it out. `notice` says so
    where the bank has changed in between, and it has to be looked at again.
    """

    exam = serializers.CharField(source="exam.code", read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    rows = serializers.HyperlinkedIdentityField(view_name="api:question-import-rows")
    waits_for_a_word = serializers.BooleanField(read_only=True)

    class Meta:
        model = QuestionImport
        fields = (
            "id",
            "exam",
            "name",
            "form",
            "state",
            "stage",
            "progress",
            "error",
            "notice",
            "counts",
            "rows",
            "waits_for_a_word",
            "created_at",
            "finished_at",
            "applied_at",
        )
        read_only_fields = fields


class NewQuestionImportSerializer(serializers.Serializer[Any]):
    exam = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())
    file = serializers.FileField(help_text="GIFT, Aiken, Moodle XML or CSV")
    topic = VisibleKeyField[Topic](
        queryset=Topic.objects.all(),
        required=False,
        help_text="Where questions go that name no topic",
    )


class QuestionImportRowSerializer(serializers.ModelSerializer[QuestionImportRow]):
    """One question of a file; `before` and `after` have the form of a question's versions."""

    class Meta:
        model = QuestionImportRow
        fields = (
            "position",
            "line",
            "name",
            "fate",
            "question",
            "before",
            "after",
            "remarks",
            "faults",
            "reason",
        )
        read_only_fields = fields
