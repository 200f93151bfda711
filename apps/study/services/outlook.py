"""What the plan comes to: the score it leads to, what a minute is worth, what it leaves out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from apps.common.errors import Conflict, DomainError
from apps.study.models import LONGEST_DAY, Enrolment, Memory
from apps.study.planner import retention_mode
from apps.study.planner.forecast import Forecast, forecast, ten_more_minutes
from apps.study.services.availability import time_of
from apps.study.services.plans import learners_studies, plan_day
from apps.study.services.preparations import Preparation
from apps.study.services.studies import Studies

LOAD_DAYS = 30
LONGEST_BREAK = 366


class NoExamAhead(Conflict):
    """There is no exam to look forward to."""

    code = "no_exam_ahead"

    def __init__(self) -> None:
        super().__init__("Set the exam's date first: without one there is no score to foresee.")


@dataclass(frozen=True)
class Point:
    """The score to expect if the exam were on `day`, following the plan until then; 0 to 1."""

    day: date
    score: float


@dataclass(frozen=True)
class StudyDay:
    """One day until the exam: the learner's minutes, those this exam takes, and their worth.

    `worth` is what a minute of this day is worth, a minute of today being 1.
    """

    day: date
    minutes: int
    planned_minutes: float
    worth: float


@dataclass(frozen=True)
class Outlook:
    """One exam under the plan. Scores are shares of the exam, 0 to 1.

    `score_now` if the exam were today, `score_exam` on its day with `spread` as its standard
    deviation, `untouched` on its day if nothing more were studied. `ten_more` is what ten more
    minutes on every study day add.
    """

    enrolment: Enrolment
    exam_date: date
    score_now: float
    score_exam: float
    spread: float
    untouched: float
    ten_more: float
    given_up: int
    given_up_weight: float
    curve: Sequence[Point]
    days: Sequence[StudyDay]


@dataclass(frozen=True)
class Backlog:
    """What missed days left behind, and what today's plan makes of it.

    `missed_days` are the study days since the last answer; of `overdue` prompts the plan takes
    `absorbed` today and leaves `deferred` for later, or for good where they are worth less than
    others.
    """

    missed_days: int
    overdue: int
    absorbed: int
    deferred: int


@dataclass(frozen=True)
class DayLoad:
    """What a day will probably ask: prompts and minutes."""

    day: date
    reviews: float
    new: float
    minutes: float


def outlook(*, enrolment: Enrolment, now: datetime) -> Outlook:
    """What the present plan leads to. Raises NoExamAhead without a date to come."""
    return outlook_of(studies_for(enrolment, now), enrolment)


def what_if(
    *,
    enrolment: Enrolment,
    now: datetime,
    minutes_per_day: int | None = None,
    exam_date: date | None = None,
    days_off: Iterable[date] = (),
) -> Outlook:
    """What another goal would lead to; nothing is stored.

    Raises DomainError for a date that is over or minutes outside 0 to 1440.
    """
    studies = studies_for(enrolment, now)
    if exam_date is not None and exam_date <= studies.day:
        raise DomainError("This day is over: choose one that is still to come.")
    if minutes_per_day is not None and not 0 <= minutes_per_day <= LONGEST_DAY:
        raise DomainError("A day has between 0 and 1440 minutes.")
    time = studies.time.differing(minutes_per_day=minutes_per_day, days_off=days_off)
    return outlook_of(
        studies.with_goal(enrolment, time, exam_date or enrolment.exam_date), enrolment
    )


def studies_for(enrolment: Enrolment, now: datetime) -> Studies:
    return learners_studies([enrolment.user_id], now)[enrolment.user_id]


def place_of(studies: Studies, enrolment: Enrolment) -> int:
    """Where the enrolment stands among the learner's exams; raises NoExamAhead if it does not."""
    for place, each in enumerate(studies.towards_exams):
        if each.enrolment.pk == enrolment.pk:
            return place
    raise NoExamAhead


def outlook_of(studies: Studies, enrolment: Enrolment) -> Outlook:
    place = place_of(studies, enrolment)
    mine = studies.towards_exams[place]
    coming = forecast(studies.exams, studies.seconds, studies.market)[place]
    more = ten_more_minutes(studies.exams, studies.seconds, studies.market)[place]
    return Outlook(
        enrolment=enrolment,
        exam_date=mine.exam_date or mine.day,
        score_now=coming.today,
        score_exam=coming.exam,
        spread=coming.spread,
        untouched=coming.untouched,
        ten_more=more,
        given_up=len(coming.given_up),
        given_up_weight=coming.given_up_weight,
        curve=[
            Point(mine.day + timedelta(days=n), float(score))
            for n, score in enumerate(coming.curve)
        ],
        days=days_of(studies, mine, coming),
    )


def days_of(studies: Studies, mine: Preparation, coming: Forecast) -> list[StudyDay]:
    """Each day until the exam with its minutes and what a minute of it is worth."""
    prices = studies.market.prices
    first = float(prices[0])
    return [
        StudyDay(
            day=(day := mine.day + timedelta(days=n)),
            minutes=studies.time.minutes(day),
            planned_minutes=float(coming.seconds[n]) * studies.pace / 60,
            worth=float(prices[n]) / first if first > 0 else 1.0,
        )
        for n in range(mine.days_to_exam)
    ]


def backlog(*, enrolment: Enrolment, now: datetime) -> Backlog:
    """What missed days left behind, and how much of it today's plan takes in."""
    plan = plan_day(enrolment=enrolment, now=now)
    memories = Memory.objects.studied(enrolment)
    last = memories.filter(last_day__lt=plan.day).aggregate(last=Max("last_day"))["last"]
    between = (plan.day - last).days - 1 if last else 0
    time = time_of(enrolment.user)
    missed = sum(
        time.minutes(plan.day - timedelta(days=n)) > 0
        for n in range(1, min(between, LONGEST_BREAK) + 1)
    )
    return Backlog(
        missed_days=missed,
        overdue=plan.overdue,
        absorbed=plan.overdue - plan.deferred,
        deferred=plan.deferred,
    )


def load(*, enrolment: Enrolment, now: datetime, days: int = LOAD_DAYS) -> list[DayLoad]:
    """What the next days will probably ask of a preparation without an exam ahead."""
    studies = studies_for(enrolment, now)
    for place, each in enumerate(studies.kept):
        if each.enrolment.pk == enrolment.pk:
            coming = retention_mode.forecast(studies.decks[place], studies.schedules[place], days)
            return [
                DayLoad(
                    day=each.day + timedelta(days=n),
                    reviews=float(coming.reviews[n]),
                    new=float(coming.new[n]),
                    minutes=float(coming.seconds[n]) * studies.pace / 60,
                )
                for n in range(days)
            ]
    return []
