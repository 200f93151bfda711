"""The form in which an export travels over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.common.fields import VisibleSlugField
from apps.courses.models import Exam
from apps.exchange.models import Export


class ExportSerializer(serializers.ModelSerializer[Export]):
    """A package and how far it is; fetch it from `download` once `state` is `succeeded`."""

    exam = serializers.CharField(source="exam.code", read_only=True)
    download = serializers.HyperlinkedIdentityField(view_name="api:export-download")

    class Meta:
        model = Export
        fields = (
            "id",
            "exam",
            "with_progress",
            "state",
            "progress",
            "error",
            "note_count",
            "created_at",
            "finished_at",
            "download",
        )
        read_only_fields = fields


class NewExportSerializer(serializers.Serializer[Any]):
    exam = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())
    with_progress = serializers.BooleanField(default=False)
