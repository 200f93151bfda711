"""Where prompts stand: a cache of the review log, brought up to date or computed again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.study.memory import replay
from apps.study.memory.calibration import Calibration, Evidence, total
from apps.study.memory.replay import Answer, Calendar, Replayed, Step
from apps.study.models import Enrolment, EventKind, Memory, ReviewEvent
from apps.study.services.suspension import Prompt, mark

PromptKey = tuple[int, UUID, int]
CACHED = (
    "stability",
    "difficulty",
    "reps",
    "lapses",
    "interval",
    "first_day",
    "last_day",
    "due_day",
    "last_reviewed_at",
    "buried_day",
)
HOLDING = (EventKind.SUSPEND, EventKind.RESUME)
CHUNK = 2000


@transaction.atomic
def rebuild(*, enrolment: Enrolment) -> int:
    """Compute every memory of an enrolment and its calibration from the log; returns how many.

    Needed where the parameters or the desired retention changed, or the cache is in doubt.
    """
    locked = (
        Enrolment.objects.select_related("user")
        .select_for_update(of=("self",))
        .get(pk=enrolment.pk)
    )
    count = recompute(locked)
    enrolment.calibration, enrolment.replayed_in = locked.calibration, locked.replayed_in
    return count


def recompute(enrolment: Enrolment) -> int:
    """As `rebuild`, for an enrolment that the caller has locked."""
    logs = logs_of(ReviewEvent.objects.filter(enrolment=enrolment))
    held = Memory.objects.filter(enrolment=enrolment, reps__gt=0).values_list("card", "ordinal")
    touched = set(logs) | {(enrolment.pk, card, ordinal) for card, ordinal in held}
    rows, terms = [], []
    for key in sorted(touched, key=str):
        log = logs[key]
        taken = fold(log.counting(), enrolment)
        rows.append(memory_row(key, replay.standing(taken), log.buried_day(enrolment.calendar)))
        terms.append(replay.evidence(taken, enrolment.parameters))
    store(rows)
    enrolment.calibration = list(total(terms))
    enrolment.replayed_in = days_of(enrolment)
    enrolment.save(update_fields=["calibration", "replayed_in"])
    return len(rows)


def refresh(
    touched: Collection[PromptKey], added: Collection[UUID], enrolments: dict[int, Enrolment]
) -> None:
    """Replay the logs of these prompts after the events `added` joined them.

    What each prompt told of the learner's calibration is taken out and put in anew. An
    enrolment whose learner lives by other days than its memories were computed in is computed
    again as a whole. The caller holds the enrolments' locks.
    """
    moved = {pk for pk, each in enrolments.items() if each.replayed_in != days_of(each)}
    for pk in moved:
        recompute(enrolments[pk])
    stale = sorted((key for key in touched if key[0] not in moved), key=str)
    logs = logs_of(events_of(touched))
    late = {str(pk) for pk in added}
    rows = []
    changes: dict[int, tuple[list[Evidence], list[Evidence]]] = defaultdict(lambda: ([], []))
    for key in stale:
        enrolment, log = enrolments[key[0]], logs[key]
        now, then = log.counting(), log.counting(without=late)
        same = alike(now, then)
        taken = fold(now, enrolment)
        rows.append(memory_row(key, replay.standing(taken), log.buried_day(enrolment.calendar)))
        gained, lost = changes[enrolment.pk]
        gained.append(replay.evidence(taken[same:], enrolment.parameters))
        if len(then) > same:
            taken_before = fold(then, enrolment)
            lost.append(replay.evidence(taken_before[same:], enrolment.parameters))
    store(rows)
    hold(logs, late, enrolments)
    for pk, (gained, lost) in changes.items():
        enrolment = enrolments[pk]
        known = Calibration.stored(enrolment.calibration)
        recalibrated = known.plus(total(gained)).minus(total(lost))
        if recalibrated != known:
            enrolment.calibration = list(recalibrated.evidence)
            enrolment.save(update_fields=["calibration"])


def hold(
    logs: dict[PromptKey, "Log"], added: Collection[str], enrolments: dict[int, Enrolment]
) -> None:
    """Suspend and resume the prompts of which events among `added` tell to."""
    found: dict[tuple[int, bool], list[Prompt]] = defaultdict(list)
    for (enrolment, card, ordinal), log in logs.items():
        if (is_held := log.is_held(added)) is not None:
            found[enrolment, is_held].append((card, ordinal))
    for (enrolment, is_held), prompts in found.items():
        mark(enrolments[enrolment], prompts, is_suspended=is_held)


def alike(one: Sequence[Answer], other: Sequence[Answer]) -> int:
    """How many answers both begin with in common: mostly all but one new answer."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a.id != b.id), min(len(one), len(other)))


def fold(answers: Iterable[Answer], enrolment: Enrolment) -> list[Step]:
    return replay.steps(
        answers,
        calendar=enrolment.calendar,
        desired_retention=enrolment.desired_retention,
        parameters=enrolment.parameters,
    )


def days_of(enrolment: Enrolment) -> str:
    """What the days of this learner depend on, as it is stored."""
    return f"{enrolment.user.time_zone} {enrolment.user.day_start_hour}"


@dataclass(frozen=True)
class Hold:
    """A wish not to be asked a prompt, or to be asked it again."""

    at: datetime
    seq: int
    id: str
    kind: str


@dataclass
class Log:
    """What happened to one prompt: answers, holds, burials as pairs of id and moment, and undos
    as pairs of their own id and their target.
    """

    answers: list[Answer] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    burials: list[tuple[str, datetime]] = field(default_factory=list)
    undos: list[tuple[str, str]] = field(default_factory=list)

    def undone(self, without: Collection[str] = ()) -> set[str]:
        return {target for undo, target in self.undos if undo not in without}

    def counting(self, without: Collection[str] = ()) -> list[Answer]:
        """The answers that no undo took back, in order; as if the events `without` were not."""
        undone = self.undone(without)
        return replay.in_order(
            answer
            for answer in self.answers
            if answer.id not in undone and answer.id not in without
        )

    def buried_day(self, calendar: Calendar) -> date | None:
        """The last study day on which the prompt is not asked."""
        undone = self.undone()
        days = [calendar.day(at) for pk, at in self.burials if pk not in undone]
        return max(days, default=None)

    def is_held(self, added: Collection[str]) -> bool | None:
        """Whether the prompt is suspended; None unless events among `added` tell of it.

        A prompt suspended elsewhere, as in Anki, stays so until its learner says otherwise here.
        """
        told = {each.id for each in self.holds}
        told |= {undo for undo, target in self.undos if target in told}
        if told.isdisjoint(added):
            return None
        undone = self.undone()
        standing = [each for each in self.holds if each.id not in undone]
        last = max(standing, key=lambda each: (each.at, each.seq, each.id), default=None)
        return last is not None and last.kind == EventKind.SUSPEND


def answers_that_count(touched: Iterable[PromptKey]) -> dict[PromptKey, list[Answer]]:
    """The answers to these prompts that no undo took back."""
    return {key: log.counting() for key, log in logs_of(events_of(touched)).items()}


def events_of(touched: Iterable[PromptKey]) -> QuerySet[ReviewEvent]:
    touched = set(touched)
    return ReviewEvent.objects.filter(
        enrolment__in={key[0] for key in touched}, card__in={key[1] for key in touched}
    )


def logs_of(events: QuerySet[ReviewEvent]) -> dict[PromptKey, Log]:
    """These events by the prompt they belong to."""
    logs: dict[PromptKey, Log] = defaultdict(Log)
    # Plain columns: a learner's whole log passes here, and model instances would take most of it.
    for enrolment, card, ordinal, kind, pk, target, rating, at, seq, took in events.values_list(
        "enrolment_id",
        "card_id",
        "ordinal",
        "kind",
        "pk",
        "target",
        "rating",
        "reviewed_at",
        "seq",
        "duration_ms",
    ):
        log = logs[enrolment, card, ordinal]
        if kind == EventKind.UNDO:
            log.undos.append((str(pk), str(target)))
        elif kind == EventKind.BURY:
            log.burials.append((str(pk), at))
        elif kind in HOLDING:
            log.holds.append(Hold(at, seq, str(pk), kind))
        elif rating is not None:
            log.answers.append(Answer(str(pk), rating, at, seq, took))
    return logs


def store(rows: list[Memory]) -> None:
    Memory.objects.bulk_create(
        rows,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["enrolment_id", "card_id", "ordinal"],
        update_fields=CACHED,
    )


def memory_row(key: PromptKey, standing: Replayed | None, buried_day: date | None) -> Memory:
    """A prompt's memory as it is stored; one that was never answered stays blank."""
    enrolment, card, ordinal = key
    row = Memory(enrolment_id=enrolment, card_id=card, ordinal=ordinal, buried_day=buried_day)
    if standing is not None:
        row.stability = standing.memory.stability
        row.difficulty = standing.memory.difficulty
        row.reps = standing.reps
        row.lapses = standing.lapses
        row.interval = standing.interval
        row.first_day = standing.first_day
        row.last_day = standing.last_day
        row.due_day = standing.due_day
        row.last_reviewed_at = standing.last_reviewed_at
    return row
