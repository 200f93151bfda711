"""The one way in for review events: append them, then replay the prompts they touch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.bank.models import Card
from apps.study.memory.replay import Answer, Replayed, replay
from apps.study.models import Enrolment, EventKind, Memory, ReviewEvent

# A device's clock may run a little ahead; an answer from further in the future is set to now.
CLOCK_TOLERANCE = timedelta(minutes=2)
LONGEST_ANSWER_MS = 60_000

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
)


@dataclass(frozen=True)
class IncomingEvent:
    """A review event as a device sends it; see `ReviewEvent` for the meaning of its fields."""

    id: UUID
    kind: str
    enrolment: int
    card: UUID
    ordinal: int
    reviewed_at: datetime
    seq: int = 0
    rating: int | None = None
    target: UUID | None = None
    duration_ms: int = 0
    device: str = ""


@dataclass(frozen=True)
class Rejection:
    """An event that will never be taken, and why."""

    id: UUID
    code: str
    detail: str


@dataclass(frozen=True)
class Outcome:
    """What a device may now forget: `acked` events are stored, rejected ones never will be."""

    acked: list[UUID]
    rejected: list[Rejection]


@transaction.atomic
def record_events(*, user: User, events: Sequence[IncomingEvent], now: datetime) -> Outcome:
    """Store a batch of events and bring the memories they touch up to date.

    Idempotent: an event stored before is acknowledged again and changes nothing. The order in
    which events arrive does not matter. The enrolments are locked first, so two devices that
    send at once are replayed one after the other.
    """
    enrolments = {
        enrolment.pk: enrolment
        for enrolment in Enrolment.objects.visible_to(user)
        .filter(pk__in={event.enrolment for event in events})
        .select_related("user")
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    cards = {
        card.pk: card
        for card in Card.objects.filter(pk__in={event.card for event in events})
        .filter(Q(owner=None) | Q(owner=user))
        .only("exam_id", "version")
    }
    accepted: list[IncomingEvent] = []
    rejected: list[Rejection] = []
    for event in events:
        enrolment = enrolments.get(event.enrolment)
        card = cards.get(event.card)
        if enrolment is None:
            rejected.append(Rejection(event.id, "no_enrolment", "You do not study this exam."))
        elif card is None or card.exam_id != enrolment.exam_id:
            rejected.append(Rejection(event.id, "no_card", "This card is no longer there."))
        else:
            accepted.append(event)
    ReviewEvent.objects.bulk_create(
        [stored(event, cards[event.card].version, now) for event in accepted],
        ignore_conflicts=True,
    )
    touched = {(event.enrolment, event.card, event.ordinal) for event in accepted}
    refresh_memories(touched, enrolments)
    return Outcome(acked=[event.id for event in accepted], rejected=rejected)


def stored(event: IncomingEvent, card_version: int, now: datetime) -> ReviewEvent:
    """The row for an event, its time and duration kept within what is possible."""
    late = event.reviewed_at > now + CLOCK_TOLERANCE
    return ReviewEvent(
        id=event.id,
        enrolment_id=event.enrolment,
        card_id=event.card,
        ordinal=event.ordinal,
        kind=event.kind,
        target=event.target,
        rating=event.rating,
        card_version=card_version,
        reviewed_at=now if late else event.reviewed_at,
        seq=event.seq,
        duration_ms=min(event.duration_ms, LONGEST_ANSWER_MS),
        device=event.device[:64],
        received_at=now,
    )


def refresh_memories(touched: set[PromptKey], enrolments: dict[int, Enrolment]) -> None:
    """Replay the logs of these prompts and store where they stand."""
    logs = answers_that_count(touched)
    rows = []
    for key in sorted(touched, key=str):
        enrolment = enrolments[key[0]]
        standing = replay(
            logs.get(key, []),
            calendar=enrolment.calendar,
            desired_retention=enrolment.desired_retention,
            parameters=enrolment.parameters,
        )
        rows.append(memory_row(key, standing))
    Memory.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["enrolment_id", "card_id", "ordinal"],
        update_fields=CACHED,
    )


def answers_that_count(touched: Iterable[PromptKey]) -> dict[PromptKey, list[Answer]]:
    """The answers to these prompts that no undo took back."""
    touched = set(touched)
    rows = ReviewEvent.objects.filter(
        enrolment__in={key[0] for key in touched}, card__in={key[1] for key in touched}
    )
    answers: dict[PromptKey, list[Answer]] = defaultdict(list)
    undone: dict[PromptKey, set[str]] = defaultdict(set)
    for row in rows:
        key = (row.enrolment_id, row.card_id, row.ordinal)
        if row.kind == EventKind.UNDO:
            undone[key].add(str(row.target))
        elif row.rating is not None:
            answers[key].append(
                Answer(str(row.pk), row.rating, row.reviewed_at, row.seq, row.duration_ms)
            )
    return {
        key: [answer for answer in given if answer.id not in undone[key]]
        for key, given in answers.items()
    }


def memory_row(key: PromptKey, standing: Replayed | None) -> Memory:
    """A prompt's memory as it is stored; one that was never answered stays blank."""
    enrolment, card, ordinal = key
    if standing is None:
        return Memory(enrolment_id=enrolment, card_id=card, ordinal=ordinal)
    return Memory(
        enrolment_id=enrolment,
        card_id=card,
        ordinal=ordinal,
        stability=standing.memory.stability,
        difficulty=standing.memory.difficulty,
        reps=standing.reps,
        lapses=standing.lapses,
        interval=standing.interval,
        first_day=standing.first_day,
        last_day=standing.last_day,
        due_day=standing.due_day,
        last_reviewed_at=standing.last_reviewed_at,
    )
