"""Quizzes and mock exams: their blueprints, the attempts at them, and every answer given."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.bank.models import Question, QuestionVersion
from apps.common.models import Stamped
from apps.courses.models import Exam
from apps.quizzes.querysets import GRACE, AttemptQuerySet


class QuizKind(models.TextChoices):
    QUICK = "quick", "Quick practice"
    MOCK = "mock", "Mock exam"


class Blueprint(Stamped):
    """How long the papers of one kind are. The domains' shares are the weights of the topics."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="blueprints")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=5, choices=QuizKind)
    question_count = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(500)]
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

    `points` is the sum of what the answers are worth (0 to 1 each), `percent` is rounded down
    to a tenth. `results` is written once, at submission:
    `{domains: [{title, points, total}], sources: {index: [{note_id, note, page, first_line,
    last_line, text}]}}`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=5, choices=QuizKind)
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
                fields=["user", "exam", "kind"],
                condition=models.Q(submitted_at=None),
                name="one_running_attempt_of_a_kind",
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
        return f"{self.get_kind_display()} of {self.user}, {self.started_at:%Y-%m-%d %H:%M}"

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


class AttemptItem(models.Model):
    """One question of a paper, as it read when the paper was drawn.

    `index` counts from 1. `choice_order` holds the author's positions of the choices in the
    order shown. `response` holds option ids, pairs of ids, or the typed text alone; empty is
    unanswered.
    `response`, `flagged` and `seq` repeat the newest answer event.
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
    response = models.JSONField(default=list, blank=True)
    flagged = models.BooleanField(default=False)
    seq = models.PositiveBigIntegerField(default=0)
    score = models.FloatField(null=True, blank=True)

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
    `client_at` is what that device's clock said; it never extends the time.
    """

    id = models.UUIDField(primary_key=True)
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="events")
    index = models.PositiveSmallIntegerField()
    response = models.JSONField(default=list)
    flagged = models.BooleanField(default=False)
    seq = models.PositiveBigIntegerField()
    client_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["attempt", "index", "seq"])]

    def __str__(self) -> str:
        return f"Answer {self.id}"
