"""The form in which a cited passage travels over HTTP."""

from rest_framework import serializers

from apps.notes.models import Passage


class PassageSerializer(serializers.ModelSerializer[Passage]):
    """Lines `first_line` to `last_line` of a note, counted from 1, both included.

    `page` is the page they begin on, null where the note has no pages.
    """

    note_id = serializers.IntegerField(source="version.note_id")
    note = serializers.CharField(source="version.note.name")
    version = serializers.IntegerField(source="version.number")
    page = serializers.IntegerField(allow_null=True)
    text = serializers.CharField(source="quote")

    class Meta:
        model = Passage
        fields = ("note_id", "note", "version", "page", "first_line", "last_line", "text")
