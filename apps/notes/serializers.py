"""The forms in which notes and the passages that items cite travel over HTTP."""

from rest_framework import serializers

from apps.courses.models import Exam
from apps.notes.models import Note, NoteVersion, Passage

LAST_VERSION = 2**31 - 1


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


class NoteSerializer(serializers.ModelSerializer[Note]):
    exam = serializers.SlugRelatedField[Exam](slug_field="code", read_only=True)
    is_mine = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields = ("id", "exam", "topic", "name", "is_mine", "created_at", "updated_at")
        read_only_fields = fields

    def get_is_mine(self, note: Note) -> bool:
        return note.owner_id is not None


class FateSerializer(serializers.Serializer[NoteVersion]):
    """What became of a line: `topic`, `label`, `item`, or `skipped` for a reason."""

    line = serializers.IntegerField(help_text="Counted from 1")
    fate = serializers.CharField()
    reason = serializers.CharField(allow_blank=True, allow_null=True)


class NoteVersionSerializer(serializers.ModelSerializer[NoteVersion]):
    """A note as it read at one time; `pages` holds the line each page begins on, if it has any."""

    lines = serializers.ListField(child=serializers.CharField(allow_blank=True))
    pages = serializers.ListField(child=serializers.IntegerField())
    fates = FateSerializer(many=True)

    class Meta:
        model = NoteVersion
        fields = ("number", "kind", "created_at", "lines", "pages", "fates")
        read_only_fields = fields


class WhichVersionSerializer(serializers.Serializer[NoteVersion]):
    version = serializers.IntegerField(required=False, min_value=1, max_value=LAST_VERSION)
