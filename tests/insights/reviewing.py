"""Learners who review cards, through the one way in for answers."""

from collections.abc import Sequence
from datetime import datetime

from apps.bank.models import Card
from apps.study.models import Enrolment
from apps.study.services.sync import record_events
from tests.study.events import answer, incoming


def review(
    enrolment: Enrolment, card: Card, *given: tuple[int, datetime]
) -> list[dict[str, object]]:
    """Answer a card with these ratings at these times; returns the events sent."""
    events = [
        answer(enrolment, card, rating, at=at, seq=place)
        for place, (rating, at) in enumerate(given, start=1)
    ]
    send(enrolment, events)
    return events


def send(enrolment: Enrolment, events: Sequence[dict[str, object]]) -> None:
    moments = [datetime.fromisoformat(str(event["reviewed_at"])) for event in events]
    record_events(
        user=enrolment.user, events=[incoming(event) for event in events], now=max(moments)
    )
    enrolment.refresh_from_db()
