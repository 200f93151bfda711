"""Review events as a device would send them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from apps.bank.models import Card
from apps.study.models import Enrolment
from apps.study.services.sync import IncomingEvent
from tests.factories import NOW


def answer(
    enrolment: Enrolment,
    card: Card,
    rating: int = 3,
    *,
    at: datetime = NOW,
    seq: int = 1,
    ordinal: int = 0,
) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "kind": "answer",
        "enrolment": enrolment.pk,
        "card": str(card.pk),
        "ordinal": ordinal,
        "rating": rating,
        "reviewed_at": at.isoformat(),
        "seq": seq,
        "duration_ms": 4000,
        "device": "test",
    }


def undo(event: dict[str, Any], *, later: timedelta = timedelta(seconds=5)) -> dict[str, Any]:
    at = datetime.fromisoformat(event["reviewed_at"]) + later
    kept = {name: event[name] for name in ("enrolment", "card", "ordinal", "device")}
    return kept | {
        "id": str(uuid4()),
        "kind": "undo",
        "target": event["id"],
        "reviewed_at": at.isoformat(),
        "seq": event["seq"] + 1,
    }


def incoming(event: dict[str, Any]) -> IncomingEvent:
    """The same event as the API hands it to the service."""
    moment = datetime.fromisoformat(event["reviewed_at"])
    keys = {"id": UUID(event["id"]), "card": UUID(event["card"])}
    return IncomingEvent(**(event | keys | {"reviewed_at": moment}))
