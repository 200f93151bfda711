"""The one way in for review events: append them, then bring up to date what they touch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.bank.models import Card
from apps.study.models import Enrolment, ReviewEvent
from apps.study.services.memories import refresh

# A device's clock may run a little ahead; an answer from further in the future is set to now.
CLOCK_TOLERANCE = timedelta(minutes=2)
LONGEST_ANSWER_MS = 60_000


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
    missed: list[int] = field(default_factory=list)
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
    ids = {event.id for event in accepted}
    known = set(ReviewEvent.objects.filter(pk__in=ids).values_list("pk", flat=True))
    ReviewEvent.objects.bulk_create(
        [stored(event, cards[event.card].version, now) for event in accepted],
        ignore_conflicts=True,
    )
    touched = {(event.enrolment, event.card, event.ordinal) for event in accepted}
    refresh(touched, ids - known, enrolments)
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
        missed=event.missed,
        card_version=card_version,
        reviewed_at=now if late else event.reviewed_at,
        seq=event.seq,
        duration_ms=min(event.duration_ms, LONGEST_ANSWER_MS),
        device=event.device[:64],
        received_at=now,
    )
