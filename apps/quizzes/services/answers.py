"""The one way in for answers: append the events, then repeat the newest one on its item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.bank.models import QuestionKind
from apps.quizzes.models import AnswerEvent, Attempt, AttemptItem
from apps.quizzes.paper import options_of, targets_of

LONGEST_TYPED = 500


@dataclass(frozen=True)
class IncomingAnswer:
    """An answer event as a device sends it; see `AnswerEvent` for the meaning of its fields."""

    id: UUID
    index: int
    response: list[str] | None
    flagged: bool
    seq: int
    client_at: datetime
    spent_ms: int = 0


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
    remaining_ms: int | None
    is_submitted: bool


@transaction.atomic
def record_answers(*, attempt: Attempt, events: Sequence[IncomingAnswer], now: datetime) -> Outcome:
    """Store a batch of answers to one paper.

    Idempotent, and the order of arrival does not matter: of each question the event with the
    highest `seq` counts. An event stored before is acknowledged even when the time is up; a new
    one is taken until shortly after the deadline, and not after submission or once the answer
    has been told.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    asked = {event.index for event in events}
    items = {
        item.index: item
        for item in locked.items.filter(index__in=asked).select_related("question_version")
    }
    faults = {event.id: fault_in(event, items.get(event.index)) for event in events}
    if locked.takes_answers(now):
        sound = [event for event in events if faults[event.id] is None]
        append(locked, sound, now)
        touched = {event.index for event in sound}
        repeat_newest(locked, [items[index] for index in touched])
    stored = set(
        locked.events.filter(pk__in=[event.id for event in events]).values_list("pk", flat=True)
    )
    return Outcome(
        acked=[event.id for event in events if event.id in stored],
        rejected=[
            faults[event.id] or refusal(event, locked, now)
            for event in events
            if event.id not in stored
        ],
        remaining_ms=locked.remaining_ms(now),
        is_submitted=locked.submitted_at is not None,
    )


def fault_in(event: IncomingAnswer, item: AttemptItem | None) -> Rejection | None:
    """Why an event cannot belong to this item, if it cannot."""
    if item is None:
        return Rejection(event.id, "no_item", "This paper has no such question.")
    if item.checked_at is not None and event.response is not None:
        return Rejection(event.id, "checked", "The answer to this question has been told.")
    if event.response is None or fits(event.response, item):
        return None
    return Rejection(event.id, "bad_response", "This is no answer to the question.")


def fits(response: Sequence[str], item: AttemptItem) -> bool:
    """Whether a response has the form an answer to this item takes; an empty one always has."""
    content = item.question_version.content
    known = {option.id for option in options_of(content, item.choice_order)}
    given = set(response)
    match content["kind"]:
        case QuestionKind.TYPED | QuestionKind.NUMERIC:
            return len(response) <= 1 and all(len(text) <= LONGEST_TYPED for text in response)
        case QuestionKind.ORDER:
            return not response or (given == known and len(response) == len(known))
        case QuestionKind.MATCH:
            meanings = {target.id for target in targets_of(content)}
            pairs = [pair.partition("=") for pair in given]
            terms = [term for term, _, _ in pairs]
            found = {meaning for _, _, meaning in pairs}
            return set(terms) <= known and found <= meanings and len(set(terms)) == len(terms)
        case QuestionKind.MULTIPLE:
            return given <= known
    return given <= known and len(given) <= 1


def refusal(event: IncomingAnswer, attempt: Attempt, now: datetime) -> Rejection:
    """Why a sound event was not stored."""
    if attempt.takes_answers(now):
        return Rejection(event.id, "used_id", "This id already names another answer.")
    return Rejection(event.id, "closed", "The time is up or the paper was handed in.")


def append(attempt: Attempt, events: Iterable[IncomingAnswer], now: datetime) -> None:
    """Add the events to the log; those it already holds stay as they are."""
    AnswerEvent.objects.bulk_create(
        [
            AnswerEvent(
                id=event.id,
                attempt=attempt,
                index=event.index,
                response=tidy(event.response),
                flagged=event.flagged,
                seq=event.seq,
                spent_ms=min(event.spent_ms, since(attempt, now)),
                client_at=event.client_at,
                received_at=now,
            )
            for event in events
        ],
        ignore_conflicts=True,
    )


def tidy(response: Sequence[str] | None) -> list[str] | None:
    """A response without blanks and repetitions; None, for a mere look, stays None."""
    if response is None:
        return None
    return list(dict.fromkeys(each for each in response if each.strip()))


def since(attempt: Attempt, now: datetime) -> int:
    """The milliseconds since the attempt began: nothing was in view for longer."""
    return max(int((now - attempt.started_at).total_seconds() * 1000), 0)


def repeat_newest(attempt: Attempt, items: Iterable[AttemptItem]) -> None:
    """Bring these items to the state of their newest event; equal `seq` falls to the larger id.

    A mere look changes no answer; time in view only ever grows.
    """
    touched = {item.index: item for item in items}
    log = attempt.events.filter(index__in=touched).order_by("seq", "id")
    for event in log:
        item = touched[event.index]
        item.spent_ms = max(item.spent_ms, event.spent_ms)
        if event.response is not None:
            item.response, item.flagged, item.seq = event.response, event.flagged, event.seq
            item.answered_at = event.received_at
    AttemptItem.objects.bulk_update(
        touched.values(), ["response", "flagged", "seq", "answered_at", "spent_ms"]
    )
