"""The fold of a review log into a memory: the log is the truth, the memory only a cache."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from apps.study.memory.days import local_day
from apps.study.memory.fsrs import Memory, Rating, interval_days, next_memory


@dataclass(frozen=True)
class Answer:
    """One answer that counts: undone ones are left out before the fold."""

    id: str
    rating: int
    reviewed_at: datetime
    seq: int


@dataclass(frozen=True)
class Replayed:
    """Where a prompt stands after its whole log.

    `due_day` is the study day on which it is next asked; after a failed answer that is the
    same day, because what was just forgotten is asked again before the day ends.
    """

    memory: Memory
    reps: int
    lapses: int
    first_day: date
    last_day: date
    last_reviewed_at: datetime
    interval: int
    due_day: date


@dataclass(frozen=True)
class Calendar:
    """How moments become study days for one learner."""

    zone: tzinfo
    rollover_hour: int

    def day(self, moment: datetime) -> date:
        return local_day(moment, self.zone, self.rollover_hour)


def replay(
    answers: Iterable[Answer],
    *,
    calendar: Calendar,
    desired_retention: float,
    parameters: Sequence[float],
) -> Replayed | None:
    """Fold the answers to one prompt, in the order they were given, into its memory.

    The order in which they are handed in does not matter: they are sorted by moment, then by
    the device's own count, then by id. Returns None where nothing was answered.
    """
    ordered = sorted(answers, key=lambda a: (a.reviewed_at, a.seq, a.id))
    memory: Memory | None = None
    lapses = 0
    first_day = last_day = date.min
    for answer in ordered:
        day = calendar.day(answer.reviewed_at)
        if memory is None:
            first_day = last_day = day
        elif answer.rating == Rating.AGAIN and day > last_day:
            lapses += 1
        # A learner who travels west may repeat a local day; time never runs backwards here.
        elapsed = max((day - last_day).days, 0)
        memory = next_memory(memory, answer.rating, elapsed, parameters)
        last_day = max(day, last_day)
    if memory is None:
        return None
    last = ordered[-1]
    interval = 0
    if last.rating != Rating.AGAIN:
        interval = interval_days(memory.stability, desired_retention, parameters)
    return Replayed(
        memory=memory,
        reps=len(ordered),
        lapses=lapses,
        first_day=first_day,
        last_day=last_day,
        last_reviewed_at=last.reviewed_at,
        interval=interval,
        due_day=date.fromordinal(min(last_day.toordinal() + interval, date.max.toordinal())),
    )
