"""The forms in which cards and questions travel over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.bank.models import Card, Choice, Dispute, Flag, Question
from apps.common.fields import VisibleKeyField
from apps.courses.models import Exam, Topic
from apps.notes.serializers import PassageSerializer

ITEM_FIELDS = ("id", "exam", "topic", "status", "version", "certainty", "is_mine", "sources")


class ItemSerializer(serializers.ModelSerializer[Any]):
    """What cards and questions share. New ones are the writer's own, and published at once."""

    exam = serializers.SlugRelatedField[Exam](slug_field="code", read_only=True)
    topic = VisibleKeyField[Topic](queryset=Topic.objects.all())
    status = serializers.CharField(read_only=True)
    is_mine = serializers.SerializerMethodField()
    sources = PassageSerializer(source="passages", many=True, read_only=True)

    def get_is_mine(self, item: Any) -> bool:
        return item.owner_id is not None


class CardSerializer(ItemSerializer):
    items = serializers.ListField(child=serializers.CharField(), required=False)

    class Meta:
        model = Card
        fields = (*ITEM_FIELDS, "kind", "front", "back", "items", "explanation")
        read_only_fields = ("id", "version", "certainty")


class WordsSerializer(serializers.Serializer[Card]):
    """Other words for a card; what is left out stays as it is."""

    front = serializers.CharField(required=False)
    back = serializers.CharField(required=False, allow_blank=True)
    items = serializers.ListField(child=serializers.CharField(), required=False)
    explanation = serializers.CharField(required=False, allow_blank=True)


class FlagSerializer(serializers.ModelSerializer[Flag]):
    """What is wrong with a card."""

    class Meta:
        model = Flag
        fields = ("id", "reason", "words", "is_settled", "created_at")
        read_only_fields = ("id", "is_settled", "created_at")


class ChoiceSerializer(serializers.ModelSerializer[Choice]):
    class Meta:
        model = Choice
        fields = ("text", "is_correct", "why")


class QuestionSerializer(ItemSerializer):
    """A question with its key: only for those who may edit it.

    Choices that are sent replace all there are.
    """

    choices = ChoiceSerializer(many=True, required=False)
    accepted = serializers.ListField(child=serializers.CharField(), required=False)

    class Meta:
        model = Question
        fields = (*ITEM_FIELDS, "kind", "stem", "choices", "accepted", "explanation")
        read_only_fields = ("id", "version", "certainty", "kind")


class MergeSerializer(serializers.Serializer[Card]):
    """The card that stands for both."""

    into = VisibleKeyField[Card](queryset=Card.objects.all())


class MergedSerializer(MergeSerializer):
    """What `separate` needs to undo a merge."""

    passages = serializers.ListField(child=serializers.IntegerField(min_value=1))


class DisputeSerializer(serializers.ModelSerializer[Dispute]):
    """Two passages of which one must be wrong; they stand in one note or in two."""

    exam = serializers.SlugRelatedField[Exam](slug_field="code", read_only=True)
    one = PassageSerializer()
    other = PassageSerializer()
    is_in_one_note = serializers.BooleanField()

    class Meta:
        model = Dispute
        fields = ("id", "exam", "one", "other", "is_in_one_note", "is_settled", "created_at")
        read_only_fields = fields
