"""When a learner studied and how long: answers and seconds by their own days."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.study.memory.days import day_start
from apps.study.models import Enrolment, EventKind, ReviewEvent

ROWS = 10_000


@dataclass(frozen=True)
class StudyDay:
    """One study day: the answers given to cards, and the seconds they took."""

    day: date
    answers: int
    seconds: float


def days_studied(enrolments: Sequence[Enrolment], *, now: datetime, days: int) -> list[StudyDay]:
    """The last so many days of one learner, today the last of them; empty days too.

    `enrolments` come with their user. What was undone does not count.
    """
    if not enrolments:
        return []
    calendar = enrolments[0].calendar
    today = calendar.day(now)
    first = today - timedelta(days=days - 1)
    since = day_start(first, calendar.zone, calendar.rollover_hour)
    events = ReviewEvent.objects.filter(
        enrolment__in=[each.pk for each in enrolments], reviewed_at__gte=since
    )
    undone = events.filter(kind=EventKind.UNDO).values("target")
    answers: Counter[date] = Counter()
    milliseconds: Counter[date] = Counter()
    counting = events.filter(kind=EventKind.ANSWER).exclude(pk__in=undone)
    for moment, took in counting.values_list("reviewed_at", "duration_ms").iterator(ROWS):
        day = calendar.day(moment)
        answers[day] += 1
        milliseconds[day] += took
    return [
        StudyDay(day, answers[day], milliseconds[day] / 1000)
        for day in (first + timedelta(days=n) for n in range(days))
    ]
