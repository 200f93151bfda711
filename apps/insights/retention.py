"""True retention: how much of what came up again was still known, beside what was predicted.

As Anki counts it: the first answer to a prompt on a day, Again being a failure; a prompt is mature
when its last interval was three weeks or more. The very first answer to a prompt tells nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db.models import CharField
from django.db.models.functions import Cast

from apps.insights.statistics.proportions import wilson
from apps.study.memory.algorithm import algorithm_for
from apps.study.memory.fsrs import Rating
from apps.study.memory.replay import Answer, Step
from apps.study.models import Enrolment, EventKind, ReviewEvent
from apps.study.services.memories import fold

MATURE_DAYS = 21
ROWS = 10_000


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


PERIODS_SHOWN = {Period.DAY: 30, Period.WEEK: 26, Period.MONTH: 24}
"""How many periods of each length are told, the present one included."""


class Trial(NamedTuple):
    """One answer that tests a memory: whether it was recalled, and the chance that it would be."""

    day: date
    is_mature: bool
    recalled: bool
    predicted: float


@dataclass(frozen=True)
class Retention:
    """Of `count` trials `recalled` succeeded, `predicted` of them (a share) were expected to.

    `low` and `high` are what the true share lies between nine times in ten.
    """

    count: int = 0
    recalled: int = 0
    expected: float = 0.0

    @property
    def share(self) -> float | None:
        return self.recalled / self.count if self.count else None

    @property
    def predicted(self) -> float | None:
        return self.expected / self.count if self.count else None

    @property
    def low(self) -> float:
        return wilson(self.recalled, self.count)[0]

    @property
    def high(self) -> float:
        return wilson(self.recalled, self.count)[1]

    def __add__(self, other: "Retention") -> "Retention":
        return Retention(
            self.count + other.count,
            self.recalled + other.recalled,
            self.expected + other.expected,
        )


@dataclass(frozen=True)
class PeriodRetention:
    """The retention of one period, which begins on `first`."""

    first: date
    young: Retention
    mature: Retention

    @property
    def all(self) -> Retention:
        return self.young + self.mature


def trials_of(enrolments: Sequence[Enrolment]) -> list[Trial]:
    """Every answer of these enrolments (with their users) that tests a memory, by one query."""
    by_key = {each.pk: each for each in enrolments}
    events = ReviewEvent.objects.filter(enrolment__in=list(by_key))
    undone = events.filter(kind=EventKind.UNDO).values("target")
    # The database orders and groups the log, and its keys stay text: a learner's whole history
    # passes here, and half the time would go into making UUIDs of them.
    rows = (
        events.filter(kind=EventKind.ANSWER)
        .exclude(pk__in=undone)
        .order_by("enrolment", "card", "ordinal", "reviewed_at", "seq", "pk")
        .values_list(
            "enrolment_id",
            Cast("card_id", CharField()),
            "ordinal",
            "rating",
            "reviewed_at",
            "seq",
        )
    )
    found: list[Trial] = []
    for (enrolment, *_), log in groupby(rows.iterator(ROWS), key=itemgetter(0, 1, 2)):
        answers = [
            Answer(f"{place:06}", rating, at, seq)
            for place, (*_, rating, at, seq) in enumerate(log)
        ]
        found += trials_in(fold(answers, by_key[enrolment]), by_key[enrolment])
    return found


def trials_in(steps: Iterable[Step], enrolment: Enrolment) -> Iterator[Trial]:
    """The trials in one prompt's history, predicted with the learner's own memory scale."""
    algorithm, scale = algorithm_for(enrolment.parameters), enrolment.recall.scale
    interval = 0
    for step in steps:
        if step.before is not None and step.elapsed_days:
            scaled = step.before._replace(stability=step.before.stability * scale)
            yield Trial(
                step.day,
                interval >= MATURE_DAYS,
                step.answer.rating != Rating.AGAIN,
                algorithm.retrievability(scaled, step.elapsed_days),
            )
        interval = step.interval


def retention_by(trials: Iterable[Trial], period: Period, today: date) -> Sequence[PeriodRetention]:
    """Retention in each of the last periods that has trials, the oldest first."""
    first = earliest(period, today)
    found: dict[tuple[date, bool], Retention] = defaultdict(Retention)
    for trial in trials:
        begins = start_of(trial.day, period)
        if begins >= first:
            found[begins, trial.is_mature] += Retention(1, trial.recalled, trial.predicted)
    return [
        PeriodRetention(begins, found[begins, False], found[begins, True])
        for begins in sorted({begins for begins, _ in found})
    ]


def retention_in_all(trials: Iterable[Trial]) -> PeriodRetention | None:
    """Retention over the whole history; None without a trial."""
    counts = {False: Retention(), True: Retention()}
    first = None
    for trial in trials:
        counts[trial.is_mature] += Retention(1, trial.recalled, trial.predicted)
        first = trial.day if first is None else min(first, trial.day)
    return PeriodRetention(first, counts[False], counts[True]) if first else None


def start_of(day: date, period: Period) -> date:
    """The first day of the period a day lies in; weeks begin on Monday."""
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)


def earliest(period: Period, today: date) -> date:
    """The first day of the oldest period that is told."""
    count, begins = PERIODS_SHOWN[period], start_of(today, period)
    if period == Period.MONTH:
        months = begins.year * 12 + begins.month - count
        return date(months // 12, months % 12 + 1, 1)
    return begins - timedelta(days=(count - 1) * (7 if period == Period.WEEK else 1))
