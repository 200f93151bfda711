"""Who studies what, what they answered, and what is known of their memory."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.bank.models import Card
from apps.common.models import Stamped
from apps.courses.models import Exam
from apps.study.memory.fsrs import DEFAULT_PARAMETERS
from apps.study.memory.replay import Calendar
from apps.study.querysets import EnrolmentQuerySet, MemoryQuerySet


class Enrolment(Stamped):
    """One learner preparing for one exam: the date, the minutes, and when to plan next."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="enrolments")
    exam_date = models.DateField(null=True, blank=True)
    minutes_per_day = models.PositiveSmallIntegerField(
        default=20, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    desired_retention = models.FloatField(
        default=0.9, validators=[MinValueValidator(0.7), MaxValueValidator(0.97)]
    )
    next_plan_at = models.DateTimeField(
        db_index=True, help_text="When the learner's next study day begins"
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["exam_date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "exam"], name="one_enrolment_per_exam"),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.exam}"

    @property
    def calendar(self) -> Calendar:
        return Calendar(ZoneInfo(self.user.time_zone), self.user.day_start_hour)

    @property
    def parameters(self) -> tuple[float, ...]:
        """The FSRS-6 parameters in force for this learner."""
        return DEFAULT_PARAMETERS


class Memory(models.Model):
    """What is known of a learner's memory of one prompt: a cache of the review log.

    A row without `stability` is a prompt that was never answered. `due_day` is a local study
    day; it is empty until the first answer.
    """

    pk = models.CompositePrimaryKey("enrolment_id", "card_id", "ordinal")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="memories")
    card = models.ForeignKey(Card, models.CASCADE, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    reps = models.PositiveSmallIntegerField(default=0)
    lapses = models.PositiveSmallIntegerField(default=0)
    interval = models.PositiveIntegerField(default=0, help_text="Days")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    due_day = models.DateField(null=True)
    last_reviewed_at = models.DateTimeField(null=True)

    objects = MemoryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "due_day"])]

    def __str__(self) -> str:
        return f"Prompt {self.ordinal} of {self.card_id}"


class EventKind(models.TextChoices):
    ANSWER = "answer", "Answer"
    UNDO = "undo", "Undo"


class ReviewEvent(models.Model):
    """Something a learner did in a study session. Rows are only ever added.

    The primary key is made by the learner's device, so sending an event twice stores it once.
    An undo names the answer it takes back in `target`.
    """

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="events")
    card = models.ForeignKey(Card, models.CASCADE, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=6, choices=EventKind)
    target = models.UUIDField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    card_version = models.PositiveIntegerField(default=0)
    reviewed_at = models.DateTimeField()
    seq = models.PositiveBigIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["enrolment", "card", "ordinal"]),
            models.Index(fields=["enrolment", "reviewed_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_a_rating_and_an_undo_a_target",
                condition=models.Q(kind="answer", rating__range=(1, 4), target=None)
                | models.Q(kind="undo", rating=None, target__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class DailyPlan(models.Model):
    """How much one study day holds: a budget, kept so that it does not shift during the day."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="plans")
    day = models.DateField()
    due_count = models.PositiveIntegerField(help_text="Prompts due when the day began")
    review_limit = models.PositiveIntegerField()
    new_limit = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "day"], name="one_plan_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.day:%Y-%m-%d}"
