"""The JSON of quizzes: a paper that tells no answer, and results that tell them all."""

from typing import Any

from rest_framework import serializers

from apps.bank.models import QuestionKind
from apps.quizzes.models import MOST_QUESTIONS, Attempt, QuizKind
from apps.quizzes.selection import PRACTICE_COUNT, Met, Selection
from apps.quizzes.services.answers import LONGEST_TYPED, IncomingAnswer

MOST_EVENTS = 500
LARGEST_SEQ = 2**53 - 1
LONGEST_VIEW_MS = 2**31 - 1
LONGEST_QUIZ = 600


class StartSerializer(serializers.Serializer[Any]):
    """Which quiz of which exam to begin; all but the first two choose what practice is about."""

    exam = serializers.SlugField(help_text="The exam's code")
    kind = serializers.ChoiceField(choices=QuizKind.choices)
    topics = serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=100, default=list
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=QuestionKind.choices), max_length=20, default=list
    )
    met = serializers.ChoiceField(
        choices=[(each.value, each.value) for each in Met], default=Met.ANY
    )
    count = serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS, default=PRACTICE_COUNT)
    minutes = serializers.IntegerField(
        min_value=1, max_value=LONGEST_QUIZ, allow_null=True, default=None
    )
    of = serializers.UUIDField(
        allow_null=True, default=None, help_text="The attempt whose wrong ones are tried again"
    )
    tells_at_once = serializers.BooleanField(
        default=True, help_text="Whether practice tells each answer before the end"
    )

    def selection(self) -> Selection:
        """What the quiz is about, as the service takes it."""
        chosen = {name: self.validated_data[name] for name in ("count", "minutes", "of")}
        return Selection(
            topics=tuple(sorted(self.validated_data["topics"])),
            kinds=tuple(sorted(self.validated_data["kinds"])),
            met=Met(self.validated_data["met"]),
            tells_at_once=self.validated_data["tells_at_once"],
            **chosen,
        )


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """An attempt without its questions."""

    exam = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    name = serializers.CharField(read_only=True)
    is_submitted = serializers.SerializerMethodField()

    class Meta:
        model = Attempt
        fields = [
            "id",
            "exam",
            "kind",
            "name",
            "tells_at_once",
            "question_count",
            "minutes",
            "pass_mark",
            "started_at",
            "deadline",
            "submitted_at",
            "is_submitted",
            "points",
            "percent",
            "passed",
        ]
        read_only_fields = fields

    def get_is_submitted(self, attempt: Attempt) -> bool:
        return attempt.submitted_at is not None


class PaperOptionSerializer(serializers.Serializer[Any]):
    """A choice without a word on whether it is right."""

    id = serializers.CharField()
    text = serializers.CharField()


class PaperItemSerializer(serializers.Serializer[Any]):
    """A question as it is asked, with the answer so far."""

    index = serializers.IntegerField(help_text="Counts from 1")
    kind = serializers.CharField()
    stimulus = serializers.CharField(help_text="The case the question belongs to, or empty")
    stem = serializers.CharField()
    options = PaperOptionSerializer(
        many=True, help_text="Choices, steps to put in order, or terms to match"
    )
    targets = PaperOptionSerializer(many=True, help_text="The meanings of a match")
    choose = serializers.IntegerField(
        help_text="How many options to choose; 0 where none is to be chosen"
    )
    response = serializers.ListField(child=serializers.CharField())
    flagged = serializers.BooleanField()
    seq = serializers.IntegerField()
    spent_ms = serializers.IntegerField(help_text="How long it has been in view")
    is_checked = serializers.BooleanField(help_text="Takes no other answer any more")


class PaperSerializer(serializers.Serializer[Any]):
    """A paper; `remaining_ms` is null where time is not limited."""

    attempt = AttemptSerializer()
    remaining_ms = serializers.IntegerField(allow_null=True)
    items = PaperItemSerializer(many=True)


class AnswerSerializer(serializers.Serializer[Any]):
    """One answer event.

    `response` holds option ids (of an order all of them, the first step first), pairs like
    `o1=m2` of a match, or the typed text alone; null where the question was only looked at.
    """

    id = serializers.UUIDField(help_text="Made by the device; the same id is stored once")
    index = serializers.IntegerField(min_value=1, max_value=500)
    response = serializers.ListField(
        child=serializers.CharField(
            max_length=LONGEST_TYPED, allow_blank=True, trim_whitespace=False
        ),
        max_length=20,
        allow_null=True,
    )
    spent_ms = serializers.IntegerField(
        min_value=0,
        max_value=LONGEST_VIEW_MS,
        default=0,
        help_text="How long the question has been in view, earlier visits included",
    )
    flagged = serializers.BooleanField(default=False)
    seq = serializers.IntegerField(
        min_value=1, max_value=LARGEST_SEQ, help_text="Of one question the highest counts"
    )
    client_at = serializers.DateTimeField()


class AnswersSerializer(serializers.Serializer[Any]):
    """A batch of answer events."""

    events = serializers.ListField(child=AnswerSerializer(), max_length=MOST_EVENTS)

    def incoming(self) -> list[IncomingAnswer]:
        """The events as the service takes them."""
        return [IncomingAnswer(**event) for event in self.validated_data["events"]]


class AnswerRejectionSerializer(serializers.Serializer[Any]):
    """An event that will never be taken, and why."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    detail = serializers.CharField()


class AnswersOutcomeSerializer(serializers.Serializer[Any]):
    """What the device may now forget, and how much time is left."""

    acked = serializers.ListField(child=serializers.UUIDField())
    rejected = AnswerRejectionSerializer(many=True)
    remaining_ms = serializers.IntegerField(allow_null=True)
    is_submitted = serializers.BooleanField()


class ResultOptionSerializer(PaperOptionSerializer):
    """A choice with whether it is right, whether it was chosen, and why."""

    is_correct = serializers.BooleanField()
    is_chosen = serializers.BooleanField()
    why = serializers.CharField()


class QuizSourceSerializer(serializers.Serializer[Any]):
    """Lines of a note, counted from 1, both ends included.

    `page` is the page they begin on, null where the note has no pages.
    """

    note_id = serializers.IntegerField()
    note = serializers.CharField()
    page = serializers.IntegerField(allow_null=True)
    first_line = serializers.IntegerField()
    last_line = serializers.IntegerField()
    text = serializers.CharField()


class ItemResultSerializer(serializers.Serializer[Any]):
    """A question with the learner's answer, the right one and the reasons."""

    index = serializers.IntegerField()
    domain = serializers.CharField()
    kind = serializers.CharField()
    stimulus = serializers.CharField()
    stem = serializers.CharField()
    score = serializers.FloatField(help_text="From 0 to 1")
    ruling = serializers.CharField(help_text="How it was decided to be marked")
    flagged = serializers.BooleanField()
    spent_ms = serializers.IntegerField()
    your_answer = serializers.ListField(child=serializers.CharField())
    right_answer = serializers.ListField(child=serializers.CharField())
    options = ResultOptionSerializer(many=True)
    explanation = serializers.CharField()
    sources = QuizSourceSerializer(many=True)


class IntervalSerializer(serializers.Serializer[Any]):
    """Where the learner's level lies with a probability of 0.9, from 0 to 1."""

    low = serializers.FloatField()
    high = serializers.FloatField()


class DomainResultSerializer(serializers.Serializer[Any]):
    """How one domain went."""

    title = serializers.CharField()
    points = serializers.FloatField()
    total = serializers.IntegerField()
    weight = serializers.IntegerField(
        allow_null=True, help_text="Its part of the exam in per cent, null for a topic without one"
    )
    interval = IntervalSerializer()


class ResultsSerializer(serializers.Serializer[Any]):
    """A marked attempt."""

    attempt = AttemptSerializer()
    interval = IntervalSerializer()
    domains = DomainResultSerializer(many=True)
    items = ItemResultSerializer(many=True)


class CheckSerializer(serializers.Serializer[Any]):
    """Which question to tell the answer of."""

    index = serializers.IntegerField(min_value=1)
