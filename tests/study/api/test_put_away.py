"""POST /api/v1/reviews/: what a learner does not want to be asked, today or at all."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card, CardKind
from apps.courses.models import Topic
from apps.study.models import Enrolment, Memory, ReviewEvent
from apps.study.services.enrolments import add_new_prompts
from apps.study.services.suspension import suspend
from tests.factories import NOW, make_card
from tests.study.events import answer, undo

ApiOf = Callable[[User | None], APIClient]


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def card(topic: Topic, enrolment: Enrolment) -> Card:
    card = make_card(topic, "Asked?", "Yes")
    add_new_prompts(enrolment=enrolment)
    return card


def wish(kind: str, enrolment: Enrolment, card: Card, *, minute: int = 0) -> dict[str, Any]:
    event = answer(enrolment, card, at=NOW - timedelta(hours=1) + timedelta(minutes=minute))
    return event | {"id": str(uuid4()), "kind": kind, "rating": None, "seq": minute}


def send(api: APIClient, user: User, *events: dict[str, Any]) -> Any:
    return api.post("/api/v1/reviews/", {"user": user.pk, "events": list(events)}, format="json")


def asked(api: APIClient, enrolment: Enrolment) -> list[str]:
    queue = api.get(f"/api/v1/enrolments/{enrolment.pk}/queue/").json()
    return [prompt["question"] for prompt in queue["prompts"]]


def test_a_buried_card_comes_back_the_next_day(
    api_of: ApiOf, carol: User, enrolment: Enrolment, card: Card
) -> None:
    api = api_of(carol)
    assert asked(api, enrolment) == ["Asked?"]
    assert send(api, carol, wish("bury", enrolment, card)).json()["rejected"] == []
    assert asked(api, enrolment) == []
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert asked(api, enrolment) == ["Asked?"]


def test_a_suspended_card_comes_back_when_it_is_resumed(
    api_of: ApiOf, carol: User, enrolment: Enrolment, card: Card
) -> None:
    api = api_of(carol)
    send(api, carol, wish("suspend", enrolment, card))
    assert asked(api, enrolment) == []
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert asked(api, enrolment) == []
    send(api, carol, wish("resume", enrolment, card, minute=1))
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert asked(api, enrolment) == ["Asked?"]


@pytest.mark.parametrize("kind", ["bury", "suspend"])
def test_both_can_be_taken_back_whichever_arrives_first(
    api_of: ApiOf, carol: User, enrolment: Enrolment, card: Card, kind: str
) -> None:
    api, put_away = api_of(carol), wish(kind, enrolment, card)
    send(api, carol, undo(put_away) | {"rating": None})
    send(api, carol, put_away)
    assert asked(api, enrolment) == ["Asked?"]


def test_two_devices_agree_in_whatever_order_their_wishes_arrive(
    api_of: ApiOf, carol: User, enrolment: Enrolment, card: Card
) -> None:
    first, second = (wish("suspend", enrolment, card, minute=minute) for minute in (1, 3))
    resumed = wish("resume", enrolment, card, minute=2)
    ends = set()
    for events in permutations((first, second, resumed, undo(second))):
        for event in events:
            send(api_of(carol), carol, event)
        ends.add(Memory.objects.get(enrolment=enrolment).is_suspended)
        ReviewEvent.objects.all().delete()
        Memory.objects.update(is_suspended=False)
    assert ends == {False}


def test_what_was_suspended_elsewhere_stays_so_while_it_is_answered(
    api_of: ApiOf, carol: User, enrolment: Enrolment, card: Card
) -> None:
    suspend(enrolment=enrolment, prompts=[(card.pk, 0)])
    send(api_of(carol), carol, answer(enrolment, card), wish("bury", enrolment, card))
    assert Memory.objects.get(enrolment=enrolment).is_suspended


def test_putting_a_card_away_is_no_answer(
    api_of: ApiOf, carol: User, enrolment: Enrolment, card: Card
) -> None:
    send(api_of(carol), carol, answer(enrolment, card))
    before = Memory.objects.get(enrolment=enrolment).stability
    send(api_of(carol), carol, wish("bury", enrolment, card), wish("suspend", enrolment, card))
    after = Memory.objects.get(enrolment=enrolment)
    assert (after.stability, after.reps) == (before, 1)


def test_the_items_missed_in_a_list_are_kept(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    planets = make_card(topic, "Planets?", "", kind=CardKind.LIST, items=["Mars", "Venus"])
    send(api_of(carol), carol, answer(enrolment, planets, 2) | {"missed": [1]})
    assert ReviewEvent.objects.get().missed == [1]


def test_only_what_may_be_edited_says_so(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic, card: Card
) -> None:
    make_card(topic, "Mine?", owner=carol)
    add_new_prompts(enrolment=enrolment)
    queue = api_of(carol).get(f"/api/v1/enrolments/{enrolment.pk}/queue/").json()
    assert {each["question"]: each["may_edit"] for each in queue["prompts"]} == {
        "Asked?": False,
        "Mine?": True,
    }
