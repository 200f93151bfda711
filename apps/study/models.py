"""Who studies what and when, what they answered, and what is known of their memory."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.bank.models import Card
from apps.common.models import Stamped
from apps.courses.models import Exam
from apps.study.memory.calibration import Calibration
from apps.study.memory.fsrs import DEFAULT_PARAMETERS
from apps.study.memory.replay import Calendar
from apps.study.querysets import (
    AvailabilityQuerySet,
    DayMinutesQuerySet,
    EnrolmentQuerySet,
    MemoryQuerySet,
)

LONGEST_DAY = 24 * 60
DEFAULT_MINUTES = 20
LEAST_RETENTION, MOST_RETENTION = 0.7, 0.97


def default_week() -> list[int]:
    return [DEFAULT_MINUTES] * 7


def validate_week(minutes: object) -> None:
    """Accept seven whole numbers of minutes, Monday first."""
    if (
        not isinstance(minutes, list)
        or len(minutes) != 7  # noqa: PLR2004 - the days of a week
        or not all(type(m) is int and 0 <= m <= LONGEST_DAY for m in minutes)
    ):
        raise ValidationError("Give seven numbers of minutes, Monday to Sunday, each 0 to 1440.")


class Availability(models.Model):
    """The minutes a learner has in a usual week, shared by all their exams.

    A learner without a row has `DEFAULT_MINUTES` every day.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="availability"
    )
    weekday_minutes: "models.JSONField[list[int], list[int]]" = models.JSONField(
        default=default_week, validators=[validate_week], help_text="Monday to Sunday"
    )

    objects = AvailabilityQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user}: {sum(self.weekday_minutes)} minutes a week"

    @property
    def minutes_per_day(self) -> int:
        """The mean of the week, as one number for who wants no more than that."""
        return round(sum(self.weekday_minutes) / 7)


class DayMinutes(models.Model):
    """One date that differs from the usual week: a day off (0), or more time than usual."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="minutes_of_days"
    )
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LONGEST_DAY)])

    objects = DayMinutesQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["user", "date"], name="minutes_once_per_date"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.date:%Y-%m-%d}: {self.minutes} minutes"


class AfterExam(models.TextChoices):
    UNDECIDED = "undecided", "Not decided yet"
    KEEP = "keep", "Keep what was learnt"
    STOP = "stop", "Stop"


class Enrolment(Stamped):
    """One learner preparing for one exam: its date, what follows it, and when to plan next.

    `calibration` is what the answers tell about the scale of the learner's stability (17 numbers,
    empty before the first answer that tells anything); `fsrs_parameters` are those of the newest
    accepted `Fit`, empty where the published ones hold; `replayed_in` is the zone and rollover
    hour by which the memories were computed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    exam = models.ForeignKey(Exam, models.CASCADE, related_name="enrolments")
    exam_date = models.DateField(null=True, blank=True)
    after_exam = models.CharField(max_length=9, choices=AfterExam, default=AfterExam.UNDECIDED)
    desired_retention = models.FloatField(
        default=0.9,
        validators=[MinValueValidator(LEAST_RETENTION), MaxValueValidator(MOST_RETENTION)],
    )
    leech_lapses = models.PositiveSmallIntegerField(
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text="A prompt forgotten so often is a leech",
    )
    calibration = models.JSONField(default=list, blank=True, editable=False)
    fsrs_parameters = models.JSONField(default=list, blank=True, editable=False)
    replayed_in = models.CharField(max_length=80, blank=True, default="", editable=False)
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
    def minutes_per_day(self) -> int:
        """The learner's minutes on a usual day, the same for all their exams."""
        availability: Availability | None = getattr(self.user, "availability", None)
        return availability.minutes_per_day if availability else DEFAULT_MINUTES

    @property
    def parameters(self) -> tuple[float, ...]:
        """The FSRS-6 parameters in force for this learner."""
        return tuple(self.fsrs_parameters) or DEFAULT_PARAMETERS

    @property
    def recall(self) -> Calibration:
        """How the learner's memory compares with the model's, as their answers told."""
        return Calibration.stored(self.calibration)


class Memory(models.Model):
    """What is known of a learner's memory of one prompt: a cache of the review log.

    A row without `stability` is a prompt that was never answered. `due_day` is a local study
    day; it is empty until the first answer. A prompt is not asked on its `buried_day`, and a
    suspended one not until it is resumed; that alone is no cache.
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
    is_suspended = models.BooleanField(default=False)
    buried_day = models.DateField(null=True)

    objects = MemoryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "due_day"])]

    def __str__(self) -> str:
        return f"Prompt {self.ordinal} of {self.card_id}"


class EventKind(models.TextChoices):
    ANSWER = "answer", "Answer"
    UNDO = "undo", "Undo"
    BURY = "bury", "Not today"
    SUSPEND = "suspend", "Ask no more"
    RESUME = "resume", "Ask again"


class ReviewEvent(models.Model):
    """Something a learner did in a study session. Rows are only ever added.

    The primary key is made by the learner's device, so sending an event twice stores it once.
    An undo names what it takes back in `target`. `missed` are the items of a list that were not
    recalled, counted from 0.
    """

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="events")
    card = models.ForeignKey(Card, models.CASCADE, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=7, choices=EventKind)
    target = models.UUIDField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    missed = models.JSONField(default=list, blank=True)
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
                | models.Q(kind="undo", rating=None, target__isnull=False)
                | models.Q(kind__in=["bury", "suspend", "resume"], rating=None, target=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Mode(models.TextChoices):
    EXAM = "exam", "Towards the exam"
    RETENTION = "retention", "Keeping what was learnt"
    STOPPED = "stopped", "Stopped"


class DailyPlan(models.Model):
    """What one study day asks of one preparation, decided when the day begins.

    `prompts` are the keys of the prompts in the order to ask them: the card's 32 digits, a dot
    and the ordinal. It is a cache: it can be made again from the memories, the learner's time
    and the clock. Scores are shares of the exam, 0 to 1, and known only on the way to an exam;
    `spread` is the standard deviation of `score_exam`.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="plans")
    day = models.DateField()
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.RETENTION)
    prompts = models.JSONField(default=list)
    seconds = models.PositiveIntegerField(default=0, help_text="What the prompts take")
    overdue = models.PositiveIntegerField(default=0, help_text="Prompts due before this day")
    deferred = models.PositiveIntegerField(
        default=0, help_text="Prompts due that this day leaves for later"
    )
    score_now = models.FloatField(null=True)
    score_exam = models.FloatField(null=True)
    spread = models.FloatField(null=True)
    given_up = models.PositiveIntegerField(
        default=0, help_text="Prompts that the minutes until the exam are not enough for"
    )
    given_up_weight = models.FloatField(default=0, help_text="Their share of the exam, 0 to 1")
    finished = models.BooleanField(
        default=False, help_text="Nothing beyond the plan is worth a minute today"
    )
    prices = models.JSONField(
        default=list, help_text="Share of the exam a second is worth, by day until the exam"
    )
    load = models.JSONField(
        default=list, help_text="Prompts due by day from this one on, without an exam ahead"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "day"], name="one_plan_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, {self.day:%Y-%m-%d}"


class Fit(models.Model):
    """One attempt at FSRS parameters of a learner's own. Rows are only ever added.

    The losses are log losses on the answers held back; only a fit that lowers it is accepted.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="fits")
    parameters = models.JSONField(help_text="21 numbers")
    reviews = models.PositiveIntegerField(help_text="Answers there were when it was made")
    loss_before = models.FloatField()
    loss_after = models.FloatField()
    library = models.CharField(max_length=40, help_text="Name and version of what made it")
    accepted = models.BooleanField()
    fitted_at = models.DateTimeField()

    class Meta:
        ordering = ["-fitted_at", "-pk"]
        indexes = [models.Index(fields=["enrolment", "-fitted_at"])]

    def __str__(self) -> str:
        return f"{self.enrolment}, fitted {self.fitted_at:%Y-%m-%d}"
