"""The fold of a review log into a memory: the log is the truth, the memory only a cache."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from apps.study.memory.algorithm import algorithm_for
from apps.study.memory.calibration import Evidence, evidence_of, total
from apps.study.memory.days import local_day
from apps.study.memory.fsrs import Memory, Rating


@dataclass(frozen=True)
class Answer:
    """One answer that counts: undone ones are left out before the fold."""

    id: str
    rating: int
    reviewed_at: datetime
    seq: int
    duration_ms: int = 0


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


@dataclass(frozen=True)
class Step:
    """One answer, the memory it met and the one it left.

    `before` is None for the first answer. `interval` is in days, 0 after a failed answer.
    """

    answer: Answer
    day: date
    elapsed_days: int
    before: Memory | None
    memory: Memory
    interval: int

    @property
    def is_first(self) -> bool:
        return self.before is None


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """The answers as they were given: by moment, then by the device's own count, then by id."""
    return sorted(answers, key=lambda a: (a.reviewed_at, a.seq, a.id))


def steps(
    answers: Iterable[Answer],
    *,
    calendar: Calendar,
    desired_retention: float,
    parameters: Sequence[float],
) -> list[Step]:
    """Fold the answers to one prompt, in the order they were given, step by step.

    The order in which they are handed in does not matter (see `in_order`).
    """
    algorithm = algorithm_for(parameters)
    taken: list[Step] = []
    before: Memory | None = None
    for answer in in_order(answers):
        day = calendar.day(answer.reviewed_at)
        elapsed = 0
        if taken:
            # A learner who travels west may repeat a local day; memory never runs backwards.
            day = max(day, taken[-1].day)
            elapsed = (day - taken[-1].day).days
        memory = algorithm.next_memory(before, answer.rating, elapsed)
        interval = 0
        if answer.rating != Rating.AGAIN:
            interval = algorithm.interval(memory, desired_retention)
        taken.append(Step(answer, day, elapsed, before, memory, interval))
        before = memory
    return taken


def evidence(taken: Sequence[Step], parameters: Sequence[float]) -> Evidence:
    """What these answers say about the learner's stability scale; see `calibration`."""
    return total(
        [
            evidence_of(
                step.before.stability,
                step.elapsed_days,
                step.answer.rating != Rating.AGAIN,
                parameters,
            )
            for step in taken
            if step.before is not None and step.elapsed_days
        ]
    )


def standing(taken: Sequence[Step]) -> Replayed | None:
    """Where a prompt stands after all its steps; None where nothing was answered."""
    if not taken:
        return None
    last = taken[-1]
    lapses = sum(s.answer.rating == Rating.AGAIN and s.elapsed_days > 0 for s in taken)
    latest = date.max.toordinal()
    return Replayed(
        memory=last.memory,
        reps=len(taken),
        lapses=lapses,
        first_day=taken[0].day,
        last_day=last.day,
        last_reviewed_at=last.answer.reviewed_at,
        interval=last.interval,
        due_day=date.fromordinal(min(last.day.toordinal() + last.interval, latest)),
    )


def replay(
    answers: Iterable[Answer],
    *,
    calendar: Calendar,
    desired_retention: float,
    parameters: Sequence[float],
) -> Replayed | None:
    """Where a prompt stands after all its answers; None where nothing was answered."""
    return standing(
        steps(
            answers, calendar=calendar, desired_retention=desired_retention, parameters=parameters
        )
    )
