"""The form in which a cited passage travels over HTTP."""

from rest_framework import serializers

from apps.notes.models import Passage


class PassageSerializer(serializers.ModelSerializer[Passage]):
    """Lines `first_line` to `last_line` of a note, counted from 1, both included."""

    note_id = serializers.IntegerField(source="version.note_id")
    note = serializers.CharField(source="version.note.name")
    version = serializers.IntegerField(source="version.number")
    text = serializers.CharField(source="quote")

    class Meta:
        model = Passage
        fields = ("note_id", "note", "version", "first_line", "last_line", "text")
