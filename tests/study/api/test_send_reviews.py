"""POST /api/v1/reviews/: no answer is lost, none counts twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import CardKind, Status
from apps.bank.services.workflow import retire
from apps.courses.models import Topic
from apps.study.models import Enrolment, Memory, ReviewEvent
from tests.factories import NOW, make_card, make_enrolment
from tests.study.events import answer, undo

URL = "/api/v1/reviews/"
ApiOf = Callable[[User | None], APIClient]


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def send(api: APIClient, user: User, *events: dict[str, Any]) -> Any:
    return api.post(URL, {"user": user.pk, "events": list(events)}, format="json")


def memory_of(enrolment: Enrolment, ordinal: int = 0) -> Memory:
    return Memory.objects.get(enrolment=enrolment, ordinal=ordinal)


def test_it_works(api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic) -> None:
    event = answer(enrolment, make_card(topic))
    response = send(api_of(carol), carol, event)
    assert response.status_code == 200
    assert response.json() == {"acked": [event["id"]], "rejected": []}
    memory = memory_of(enrolment)
    assert memory.stability == pytest.approx(2.3065)
    assert (memory.reps, memory.interval) == (1, 2)


def test_nobody_sends_for_somebody_else(
    api_of: ApiOf, carol: User, dave: User, enrolment: Enrolment, topic: Topic
) -> None:
    event = answer(enrolment, make_card(topic))
    assert send(api_of(None), carol, event).status_code == 401
    swapped = send(api_of(dave), carol, event)
    assert (swapped.status_code, swapped.json()["code"]) == (409, "other_user")
    into_another = send(api_of(dave), dave, event)
    assert into_another.json()["rejected"][0]["code"] == "no_enrolment"
    assert not ReviewEvent.objects.exists()


def test_sending_twice_counts_once(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    event = answer(enrolment, make_card(topic))
    for _ in range(3):
        assert send(api_of(carol), carol, event, event).json()["acked"] == [event["id"]] * 2
    assert memory_of(enrolment).reps == 1


def test_an_undo_takes_the_answer_back_whichever_arrives_first(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    first = answer(enrolment, make_card(topic), rating=1)
    send(api_of(carol), carol, undo(first))
    send(api_of(carol), carol, first)
    memory = memory_of(enrolment)
    assert (memory.reps, memory.stability, memory.due_day) == (0, None, None)
    assert ReviewEvent.objects.count() == 2


def test_two_devices_that_send_late_end_in_the_same_memory(
    api_of: ApiOf, carol: User, exam: Any, topic: Topic
) -> None:
    card = make_card(topic)
    enrolment = make_enrolment(carol, exam)
    events = [
        answer(enrolment, card, rating, at=NOW - timedelta(days=9 - day), seq=day)
        for day, rating in enumerate((3, 1, 3, 4))
    ]
    for event in (events[2], events[0], events[3], events[1]):
        send(api_of(carol), carol, event)
    mixed = memory_of(enrolment)
    ReviewEvent.objects.all().delete()
    send(api_of(carol), carol, *events)
    assert memory_of(enrolment).stability == mixed.stability
    assert memory_of(enrolment).due_day == mixed.due_day


def test_an_answer_from_the_future_is_taken_to_be_from_now(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    ahead = answer(enrolment, make_card(topic), at=NOW + timedelta(days=400))
    send(api_of(carol), carol, ahead)
    assert ReviewEvent.objects.get().reviewed_at == NOW


def test_an_answer_to_a_card_retired_meanwhile_is_kept(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    card = make_card(topic)
    retire(item=card)
    assert send(api_of(carol), carol, answer(enrolment, card)).json()["rejected"] == []


def test_each_direction_has_a_memory_of_its_own(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    card = make_card(topic, "Term", "Meaning", kind=CardKind.REVERSED)
    send(
        api_of(carol),
        carol,
        answer(enrolment, card, 4, ordinal=0),
        answer(enrolment, card, 1, ordinal=1),
    )
    assert memory_of(enrolment, 0).stability == pytest.approx(8.2956)
    assert memory_of(enrolment, 1).stability == pytest.approx(0.212)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"rating": 9}, "rating"),
        ({"rating": None}, "rating"),
        ({"card": "not-a-uuid"}, "card"),
        ({"reviewed_at": "yesterday"}, "reviewed_at"),
        ({"kind": "undo", "target": None}, "target"),
        ({"ordinal": -1}, "ordinal"),
    ],
)
def test_a_broken_event_is_refused_and_the_others_are_taken(
    api_of: ApiOf,
    carol: User,
    enrolment: Enrolment,
    topic: Topic,
    fault: dict[str, Any],
    told: str,
) -> None:
    card = make_card(topic)
    good, bad = answer(enrolment, card), answer(enrolment, card) | fault
    outcome = send(api_of(carol), carol, bad, good).json()
    assert outcome["acked"] == [good["id"]]
    assert told in outcome["rejected"][0]["detail"]


def test_a_stranger_card_is_refused(
    api_of: ApiOf, carol: User, dave: User, enrolment: Enrolment, topic: Topic
) -> None:
    foreign = make_card(topic, owner=dave)
    outcome = send(api_of(carol), carol, answer(enrolment, foreign)).json()
    assert outcome["rejected"][0]["code"] == "no_card"


def test_a_batch_costs_the_same_queries_however_large(
    api_of: ApiOf,
    carol: User,
    enrolment: Enrolment,
    topic: Topic,
    django_assert_max_num_queries: Any,
) -> None:
    cards = [make_card(topic, status=Status.PUBLISHED) for _ in range(50)]
    api = api_of(carol)
    with django_assert_max_num_queries(13):
        send(api, carol, *(answer(enrolment, card) for card in cards))
    assert Memory.objects.filter(reps=1).count() == 50
