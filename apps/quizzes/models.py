"""Quizzes and mock exams: their blueprints, the attempts at them, and every answer given."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.bank.models import Question, QuestionVersion
from apps.common.models import Stamped
from apps.courses.models import Exam
from apps.quizzes.querysets import GRACE, AttemptQuerySet, CaseQuerySet, ReportQuerySet
from apps.quizzes.scoring import Credit

MOST_QUESTIONS = 500


class QuizKind(models.TextChoices):
    QUICK = "quick", "Quick practice"
    MOCK = "mock", "Mock exam"
    TOPIC = "topic", "Learn a topic"
    WEAKEST = "weakest", "Weakest topics"
    MISSED = "missed", "Missed questions"
    CUSTOM = "custom", "Custom quiz"
    RETRY = "retry", "Wrong ones again"


# Kinds whose length an exam may lay down.
BLUEPRINTED = (QuizKind.QUICK, QuizKind.MOCK)


class Blueprint(Stamped):
    """How long the papers of one kind are. The domains' shares are the weights of the topics."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="blueprints")
    name = models.CharField(max_length=100)
    kind = models.CharField(
        max_length=8, choices=[(kind.value, kind.label) for kind in BLUEPRINTED]
    )
    question_count = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_QUESTIONS)]
    )
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: no time limit"
    )

    class Meta:
        ordering = ["exam", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "kind"], name="one_blueprint_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """One learner's paper, with the rules as they were when it began.

    `subject` tells attempts of one kind apart: the topic learnt, the choices of a custom quiz;
    empty where a kind has only one subject. `minutes` are those of the paper, before the
    learner's extra time, which is in `deadline`. `shares` are the domains' parts of the exam,
    `[{title, weight}]`. With `tells_at_once`, a question may be checked before the end.

    `points` is the sum of what the answers are worth (0 to 1 each), `percent` is rounded down
    to a tenth. `results` is written once, at submission:
    `{domains: [{title, points, total}], sources: {index: [{note_id, note, page, first_line,
    last_line, text}]}}`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=8, choices=QuizKind)
    subject = models.CharField(max_length=64, blank=True, default="", editable=False)
    title = models.CharField(max_length=250, blank=True, default="")
    credit = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in Credit], default=Credit.EXACT
    )
    tells_at_once = models.BooleanField(default=False)
    shares = models.JSONField(default=list, blank=True)
    seed = models.CharField(max_length=64, editable=False)
    question_count = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(help_text="Per cent")
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.FloatField(null=True, blank=True)
    percent = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    results = models.JSONField(default=dict, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "exam", "kind", "subject"],
                condition=models.Q(submitted_at=None),
                name="one_running_attempt_of_a_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-started_at"]),
            models.Index(
                fields=["deadline"],
                condition=models.Q(submitted_at=None),
                name="running_attempts_by_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}, {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def name(self) -> str:
        return self.title or self.get_kind_display()

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives now still counts."""
        in_time = self.deadline is None or now <= self.deadline + GRACE
        return self.submitted_at is None and in_time

    def remaining_ms(self, now: datetime) -> int | None:
        """The time left, in milliseconds; None without a limit."""
        if self.deadline is None:
            return None
        if self.submitted_at is not None:
            return 0
        return max(int((self.deadline - now).total_seconds() * 1000), 0)


class RulingKind(models.TextChoices):
    AS_WRITTEN = "as_written", "Mark it as it is written"
    ALWAYS_CORRECT = "always_correct", "Always correct: everybody gets the point"
    DISREGARD = "disregard", "Disregard: it counts for nobody"
    NEW_KEY = "new_key", "Mark it by the question's newest version"


class AttemptItem(models.Model):
    """One question of a paper, as it read when the paper was drawn.

    `index` counts from 1. `choice_order` holds the author's positions of the choices in the
    order shown. `response` holds option ids, pairs of ids, or the typed text alone; empty is
    unanswered.
    `response`, `flagged` and `seq` repeat the newest answer event; `answered_at` is when it
    arrived, `spent_ms` the time the question was in view. A question that was checked before the
    end takes no answer after `checked_at`. `is_first` tells whether the learner had never met the
    question in a quiz. `ruling` is what was decided about it when it was marked last.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    index = models.PositiveSmallIntegerField()
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="attempt_items"
    )
    # RESTRICT, not PROTECT: an account or an exam may go together with its attempts.
    question_version = models.ForeignKey(QuestionVersion, models.RESTRICT, related_name="+")
    choice_order = models.JSONField(default=list)
    domain = models.CharField(max_length=300)
    stimulus = models.TextField(blank=True, default="", help_text="The case it belongs to")
    is_first = models.BooleanField(default=True)
    response = models.JSONField(default=list, blank=True)
    flagged = models.BooleanField(default=False)
    seq = models.PositiveBigIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    spent_ms = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    ruling = models.CharField(
        max_length=14, choices=RulingKind, default=RulingKind.AS_WRITTEN, editable=False
    )

    class Meta:
        ordering = ["attempt", "index"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "index"], name="attempt_index_once"),
        ]

    def __str__(self) -> str:
        return f"Question {self.index} of {self.attempt_id}"


class AnswerEvent(models.Model):
    """Something a learner did to one question of a paper. Rows are only ever added.

    The primary key is made by the learner's device, so sending an event twice stores it once.
    `client_at` is what that device's clock said; it never extends the time. `response` is None
    where the learner only looked at the question; `spent_ms` is how long it was in view by then,
    earlier visits included.
    """

    id = models.UUIDField(primary_key=True)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="events")
    index = models.PositiveSmallIntegerField()
    response = models.JSONField(null=True, default=list)
    flagged = models.BooleanField(default=False)
    seq = models.PositiveBigIntegerField()
    spent_ms = models.PositiveIntegerField(default=0)
    client_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["attempt", "index", "seq"])]

    def __str__(self) -> str:
        return f"Answer {self.id}"


class Case(Stamped):
    """A situation that several questions are about; they are asked together, in their order."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="cases")
    title = models.CharField(max_length=200)
    text = models.TextField(help_text="What the learner reads before the questions")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["exam", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class CaseQuestion(models.Model):
    """The place of a question in a case; a question is in one case at most."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="places")
    question = models.OneToOneField(Question, models.CASCADE, related_name="case_place")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["case", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.question}"


class ExtraTime(Stamped):
    """What a learner gets on top of every time limit of an exam's quizzes."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="extra_times")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="extra_times", verbose_name="learner"
    )
    per_cent = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(300)],
        help_text="Of the paper's time: 25 makes 130 minutes 162 and a half",
    )
    minutes = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(600)], help_text="On top of that"
    )

    class Meta:
        ordering = ["exam", "user"]
        verbose_name_plural = "extra time"
        constraints = [
            models.UniqueConstraint(fields=["exam", "user"], name="extra_time_once_per_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.per_cent} % and {self.minutes} minutes more"


class Ruling(models.Model):
    """How a question is to be marked after all. Rows are only ever added; the newest holds.

    A ruling speaks of the question as it read then, its `version`, and as it read before: once it
    is reworded, it counts again. A new key is the key of that version. Without one, as rulings
    used to be made, it speaks of every version.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="rulings")
    kind = models.CharField(max_length=14, choices=RulingKind)
    version = models.ForeignKey(
        QuestionVersion, models.RESTRICT, null=True, blank=True, related_name="+", editable=False
    )
    reason = models.TextField(help_text="Told to the learners whose results change")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_kind_display()}"

    def reaches(self, number: int) -> bool:
        """Whether it speaks of the version of this number."""
        return self.version is None or number <= self.version.number


class Regrade(models.Model):
    """What a ruling changed in one marked attempt."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="regrades")
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="regrades")
    points_before = models.FloatField()
    points_after = models.FloatField()
    percent_before = models.FloatField()
    percent_after = models.FloatField()
    passed_before = models.BooleanField()
    passed_after = models.BooleanField()

    class Meta:
        ordering = ["-ruling", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ruling", "attempt"], name="regraded_once_by_a_ruling"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.percent_before} % to {self.percent_after} %"


class Fault(models.TextChoices):
    WRONG_KEY = "wrong_key", "The right answer is not right"
    SEVERAL_RIGHT = "several_right", "More than one answer is right"
    UNCLEAR = "unclear", "The question is not clear"
    SOURCE = "source", "The notes say something else"
    OTHER = "other", "Something else"


class Report(Stamped):
    """A learner's word that a question is at fault, for whoever may mend it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="reports")
    question_version = models.ForeignKey(QuestionVersion, models.RESTRICT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="question_reports"
    )
    fault = models.CharField(max_length=13, choices=Fault)
    words = models.TextField(blank=True, max_length=2000)
    is_settled = models.BooleanField(default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["is_settled", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "user"],
                condition=models.Q(is_settled=False),
                name="one_open_report_of_a_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fault_display()}: {self.question}"
