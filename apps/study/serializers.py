"""The forms in which study travels over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.common.fields import VisibleSlugField
from apps.courses.models import Exam
from apps.study.models import Enrolment, EventKind
from apps.study.services.queue import Queue, QueuedPrompt
from apps.study.services.sync import IncomingEvent, Outcome

MAX_EVENTS = 500


class GoalSerializer(serializers.ModelSerializer[Enrolment]):
    """An enrolment; what may change of it is the goal. `exam` is the exam's code."""

    exam: Any = serializers.SlugRelatedField[Exam](slug_field="code", read_only=True)

    class Meta:
        model = Enrolment
        fields = (
            "id",
            "exam",
            "exam_date",
            "minutes_per_day",
            "desired_retention",
            "created_at",
        )
        read_only_fields = ("desired_retention",)


class EnrolmentSerializer(GoalSerializer):
    """A new enrolment names its exam."""

    exam: Any = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())


class SourceSerializer(serializers.Serializer[Any]):
    note_id = serializers.IntegerField()
    note = serializers.CharField()
    page = serializers.IntegerField(allow_null=True)
    first_line = serializers.IntegerField()
    last_line = serializers.IntegerField()
    text = serializers.CharField()


class IntervalsSerializer(serializers.Serializer[Any]):
    """After how long each rating brings the prompt back, in words."""

    def get_fields(self) -> dict[str, Any]:
        return {str(rating): serializers.CharField() for rating in range(1, 5)}


class QueuedPromptSerializer(serializers.Serializer[QueuedPrompt]):
    card = serializers.UUIDField(source="card_id")
    ordinal = serializers.IntegerField()
    kind = serializers.CharField()
    path = serializers.ListField(child=serializers.CharField())
    question = serializers.CharField(source="prompt.question")
    answer = serializers.CharField(source="prompt.answer")
    items = serializers.ListField(child=serializers.CharField(), source="prompt.items")
    explanation = serializers.CharField()
    sources = SourceSerializer(many=True)
    intervals = serializers.SerializerMethodField()
    is_new = serializers.BooleanField()

    def get_intervals(self, queued: QueuedPrompt) -> dict[str, str]:
        return {str(rating): label for rating, label in queued.intervals.items()}


class QueueSerializer(serializers.Serializer[Queue]):
    enrolment = serializers.IntegerField(source="enrolment.pk")
    user = serializers.IntegerField(source="enrolment.user_id")
    day = serializers.DateField()
    reviews_left = serializers.IntegerField()
    new_left = serializers.IntegerField()
    seconds = serializers.IntegerField()
    prompts = QueuedPromptSerializer(many=True)


class QueueQuerySerializer(serializers.Serializer[Any]):
    """What a client may ask of today's queue."""

    limit = serializers.IntegerField(min_value=1, max_value=200, default=100)
    note = serializers.IntegerField(min_value=1, required=False)


class MoreSerializer(serializers.Serializer[Any]):
    prompts = serializers.IntegerField(min_value=1, max_value=100, default=10)


class EventSerializer(serializers.Serializer[Any]):
    """One review event as a device sends it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=EventKind.choices)
    enrolment = serializers.IntegerField(min_value=1)
    card = serializers.UUIDField()
    ordinal = serializers.IntegerField(min_value=0, max_value=99, default=0)
    rating = serializers.IntegerField(
        min_value=1, max_value=4, required=False, allow_null=True, default=None
    )
    target = serializers.UUIDField(required=False, allow_null=True, default=None)
    reviewed_at = serializers.DateTimeField()
    seq = serializers.IntegerField(min_value=0, max_value=2**53, default=0)
    duration_ms = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    device = serializers.CharField(max_length=64, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == EventKind.ANSWER and attrs["rating"] is None:
            raise serializers.ValidationError({"rating": "An answer has a rating from 1 to 4."})
        if attrs["kind"] == EventKind.UNDO and attrs["target"] is None:
            raise serializers.ValidationError({"target": "An undo names the answer it undoes."})
        unused = "target" if attrs["kind"] == EventKind.ANSWER else "rating"
        return attrs | {unused: None}

    def to_event(self) -> IncomingEvent:
        return IncomingEvent(**self.validated_data)


class EventBatchSerializer(serializers.Serializer[Any]):
    """A device's unsent events. `user` guards against sending one person's as another's."""

    user = serializers.IntegerField()
    events = serializers.ListField(
        child=serializers.DictField(), allow_empty=True, max_length=MAX_EVENTS
    )


class DocumentedBatchSerializer(serializers.Serializer[Any]):
    """The same batch with the form of its events, for the API's description."""

    user = serializers.IntegerField()
    events = EventSerializer(many=True)


class RejectionSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ReviewOutcomeSerializer(serializers.Serializer[Outcome]):
    acked = serializers.ListField(child=serializers.UUIDField())
    rejected = RejectionSerializer(many=True)
