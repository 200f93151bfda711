"""The forms in which study travels over HTTP."""

from typing import Any

from rest_framework import serializers

from apps.common.fields import VisibleSlugField
from apps.courses.models import Exam
from apps.study.models import LONGEST_DAY, Enrolment, EventKind, Mode
from apps.study.services.asking import QueuedPrompt
from apps.study.services.availability import Time
from apps.study.services.outlook import Backlog, DayLoad, Outlook, Point, StudyDay
from apps.study.services.queue import Queue
from apps.study.services.sync import IncomingEvent, Outcome

MAX_EVENTS = 500
MOST_ITEMS = 200
MOST_MINUTES = 600
MOST_DAYS_OFF = 366


class GoalSerializer(serializers.ModelSerializer[Enrolment]):
    """An enrolment; what may change of it is the goal. `exam` is the exam's code.

    `minutes_per_day` are the learner's, shared by all their exams: the mean of their usual week.
    Written, it gives every weekday the same minutes.
    """

    exam: Any = serializers.SlugRelatedField[Exam](slug_field="code", read_only=True)
    minutes_per_day = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES, required=False)

    class Meta:
        model = Enrolment
        fields = (
            "id",
            "exam",
            "exam_date",
            "minutes_per_day",
            "after_exam",
            "desired_retention",
            "created_at",
        )
        read_only_fields: tuple[str, ...] = ()


class EnrolmentSerializer(GoalSerializer):
    """A new enrolment names its exam."""

    exam: Any = VisibleSlugField[Exam](slug_field="code", queryset=Exam.objects.all())

    class Meta(GoalSerializer.Meta):
        read_only_fields = ("desired_retention", "after_exam")


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
    is_leech = serializers.BooleanField()
    weight = serializers.FloatField()
    may_edit = serializers.BooleanField()

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


class MinutesSerializer(serializers.Serializer[Any]):
    """Minutes put into today."""

    minutes = serializers.IntegerField(min_value=1, max_value=LONGEST_DAY, default=10)


class DayMinutesSerializer(serializers.Serializer[Any]):
    """The minutes of one date; 0 is a day off."""

    minutes = serializers.IntegerField(min_value=0, max_value=LONGEST_DAY)


class AvailabilitySerializer(serializers.Serializer[Time]):
    """A usual week, Monday first, and the dates from today on that differ from it."""

    week = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=LONGEST_DAY),
        min_length=7,
        max_length=7,
    )
    dates = serializers.SerializerMethodField()

    def get_dates(self, time: Time) -> dict[str, int]:
        return {day.isoformat(): minutes for day, minutes in sorted(time.dates.items())}


class BacklogSerializer(serializers.Serializer[Backlog]):
    missed_days = serializers.IntegerField()
    overdue = serializers.IntegerField()
    absorbed = serializers.IntegerField()
    deferred = serializers.IntegerField()


class PlanSerializer(serializers.Serializer[Any]):
    """Today's plan. Scores are shares of the exam, 0 to 1, null without an exam ahead."""

    day = serializers.DateField(source="plan.day")
    mode = serializers.ChoiceField(choices=Mode.choices, source="plan.mode")
    minutes = serializers.IntegerField(help_text="What the learner has today, for all exams")
    prompts = serializers.SerializerMethodField()
    seconds = serializers.IntegerField(source="plan.seconds")
    done = serializers.IntegerField()
    seconds_left = serializers.IntegerField()
    score_now = serializers.FloatField(source="plan.score_now", allow_null=True)
    score_exam = serializers.FloatField(source="plan.score_exam", allow_null=True)
    spread = serializers.FloatField(source="plan.spread", allow_null=True)
    given_up = serializers.IntegerField(source="plan.given_up")
    given_up_weight = serializers.FloatField(source="plan.given_up_weight")
    finished = serializers.BooleanField(
        source="plan.finished", help_text="Nothing beyond the plan is worth a minute today"
    )
    backlog = BacklogSerializer()

    def get_prompts(self, state: dict[str, Any]) -> int:
        return len(state["plan"].prompts)


class PointSerializer(serializers.Serializer[Point]):
    day = serializers.DateField()
    score = serializers.FloatField()


class StudyDaySerializer(serializers.Serializer[StudyDay]):
    day = serializers.DateField()
    minutes = serializers.IntegerField()
    planned_minutes = serializers.FloatField()
    worth = serializers.FloatField(help_text="Of a minute, beside a minute of today")


class OutlookSerializer(serializers.Serializer[Outlook]):
    """What a plan leads to. Scores are shares of the exam, 0 to 1."""

    exam_date = serializers.DateField()
    score_now = serializers.FloatField()
    score_exam = serializers.FloatField()
    spread = serializers.FloatField(help_text="Standard deviation of score_exam")
    untouched = serializers.FloatField(help_text="Score if nothing more is studied")
    ten_more = serializers.FloatField(help_text="What ten more minutes on each study day add")
    given_up = serializers.IntegerField()
    given_up_weight = serializers.FloatField()
    curve = PointSerializer(many=True)
    days = StudyDaySerializer(many=True)


class WhatIfSerializer(serializers.Serializer[Any]):
    """Another goal to try out."""

    minutes_per_day = serializers.IntegerField(
        min_value=0, max_value=LONGEST_DAY, required=False, default=None
    )
    exam_date = serializers.DateField(required=False, default=None)
    days_off = serializers.ListField(
        child=serializers.DateField(), required=False, default=list, max_length=MOST_DAYS_OFF
    )


class DayLoadSerializer(serializers.Serializer[DayLoad]):
    day = serializers.DateField()
    reviews = serializers.FloatField()
    new = serializers.FloatField()
    minutes = serializers.FloatField()


class NamedPromptSerializer(serializers.Serializer[Any]):
    """A prompt by name, with its share of the exam."""

    card = serializers.UUIDField(source="card_id")
    ordinal = serializers.IntegerField()
    question = serializers.CharField()
    path = serializers.ListField(child=serializers.CharField())
    weight = serializers.FloatField()
    is_new = serializers.BooleanField()
    lapses = serializers.IntegerField()


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
    missed = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=MOST_ITEMS - 1),
        max_length=MOST_ITEMS,
        default=list,
        help_text="Items of a list that were not recalled, counted from 0",
    )
    reviewed_at = serializers.DateTimeField()
    seq = serializers.IntegerField(min_value=0, max_value=2**53, default=0)
    duration_ms = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    device = serializers.CharField(max_length=64, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == EventKind.ANSWER and attrs["rating"] is None:
            raise serializers.ValidationError({"rating": "An answer has a rating from 1 to 4."})
        if attrs["kind"] == EventKind.UNDO and attrs["target"] is None:
            raise serializers.ValidationError({"target": "An undo names what it takes back."})
        used = {EventKind.ANSWER: {"rating", "missed"}, EventKind.UNDO: {"target"}}
        empty: dict[str, Any] = {"rating": None, "target": None, "missed": []}
        kept = used.get(attrs["kind"], set())
        return attrs | {name: none for name, none in empty.items() if name not in kept}

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
