"""Whatever two devices send, in whatever order and however often: the log decides, not the mail."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Topic
from apps.study.models import Enrolment, Memory, ReviewEvent
from apps.study.services.memories import CACHED, rebuild
from tests.factories import NOW, make_card
from tests.study.events import answer, undo

URL = "/api/v1/reviews/"
ApiOf = Callable[[User | None], APIClient]
Event = dict[str, Any]

# What two devices may do: answer one of three cards or put it away, at some hour of ten weeks or,
# where a clock runs ahead, of the four days to come; and take that back.
deeds = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(1, 4),
        st.integers(0, 75 * 24),
        st.sampled_from(["phone", "laptop"]),
        st.booleans(),
        st.sampled_from(["answer", "answer", "answer", "bury", "suspend", "resume"]),
    ),
    min_size=1,
    max_size=14,
)
Deeds = list[tuple[int, int, int, str, bool, str]]
replaying = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cards(topic: Topic) -> list[Card]:
    return [make_card(topic) for _ in range(3)]


@pytest.fixture
def send(api_of: ApiOf, carol: User) -> Callable[[list[Event]], None]:
    api = api_of(carol)

    def posted(events: list[Event]) -> None:
        response = api.post(URL, {"user": carol.pk, "events": events}, format="json")
        assert response.json()["rejected"] == []

    return posted


def log_of(done: Deeds, enrolment: Enrolment, cards: list[Card]) -> list[Event]:
    """The events of these deeds; each device counts its own."""
    events: list[Event] = []
    count = {"phone": 0, "laptop": 0}
    for place, rating, hour, device, taken_back, kind in done:
        count[device] += 2
        at = NOW - timedelta(days=71) + timedelta(hours=hour)
        deed = answer(enrolment, cards[place], rating, at=at, seq=count[device])
        deed |= {"device": device, "kind": kind}
        events.append(deed)
        if taken_back:
            events.append(undo(deed, later=timedelta(hours=1)))
    return events


@contextmanager
def forgotten_afterwards() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def standing(enrolment: Enrolment) -> Any:
    """All that is remembered: every memory to the last digit, and the calibration."""
    enrolment.refresh_from_db()
    memories = Memory.objects.filter(enrolment=enrolment).order_by("card", "ordinal")
    columns = ("card", "ordinal", "is_suspended", *CACHED)
    return list(memories.values_list(*columns)), enrolment.calibration


def batches(events: list[Event], chance: random.Random) -> Iterator[list[Event]]:
    while events:
        size = chance.randint(1, len(events))
        yield events[:size]
        events = events[size:]


@replaying
@given(done=deeds, chance=st.randoms(use_true_random=False))
def test_any_order_any_batches_any_repetition_end_in_the_same_memories_and_calibration(
    done: Deeds,
    chance: random.Random,
    send: Callable[[list[Event]], None],
    enrolment: Enrolment,
    cards: list[Card],
) -> None:
    events = log_of(done, enrolment, cards)
    with forgotten_afterwards():
        send(sorted(events, key=lambda event: event["reviewed_at"]))
        expected = standing(enrolment)
    with forgotten_afterwards():
        sent = events + chance.choices(events, k=chance.randint(0, len(events)))
        chance.shuffle(sent)
        for batch in batches(sent, chance):
            send(batch)
        assert standing(enrolment) == expected
        assert ReviewEvent.objects.count() == len(events)
        rebuild(enrolment=enrolment)
        assert standing(enrolment) == expected


def test_answers_move_the_calibration_and_an_undo_puts_it_back(
    send: Callable[[list[Event]], None], enrolment: Enrolment, cards: list[Card]
) -> None:
    first = answer(enrolment, cards[0], at=NOW - timedelta(days=20))
    failed = answer(enrolment, cards[0], 1, at=NOW - timedelta(days=18))
    send([first])
    untold = standing(enrolment)[1]
    send([failed])
    assert enrolment.recall.scale == pytest.approx(1)  # the row in hand is from before
    enrolment.refresh_from_db()
    assert enrolment.recall.scale < 0.95
    send([undo(failed)])
    assert standing(enrolment)[1] == untold


def test_a_late_answer_changes_what_the_later_ones_told(
    send: Callable[[list[Event]], None], enrolment: Enrolment, cards: list[Card]
) -> None:
    events = [
        answer(enrolment, cards[0], 3, at=NOW - timedelta(days=30 - 6 * n), seq=n) for n in range(4)
    ]
    send([events[0], events[3]])
    two = standing(enrolment)[1]
    send([events[1], events[2]])
    assert standing(enrolment)[1] != two
    in_parts = standing(enrolment)
    rebuild(enrolment=enrolment)
    assert standing(enrolment) == in_parts


def test_who_moves_to_another_zone_is_replayed_by_its_days(
    send: Callable[[list[Event]], None], carol: User, enrolment: Enrolment, cards: list[Card]
) -> None:
    hours = (0, 40, 130, 300, 700)
    events = [
        answer(enrolment, card, 3, at=NOW - timedelta(hours=800 - hour), seq=hour)
        for card in cards
        for hour in hours
    ]
    send(events[:9])
    carol.time_zone = "Pacific/Kiritimati"
    carol.save()
    send(events[9:])
    after_the_move = standing(enrolment)
    rebuild(enrolment=Enrolment.objects.get(pk=enrolment.pk))
    assert standing(enrolment) == after_the_move


def test_the_command_mends_memories_that_were_lost_or_spoilt(
    send: Callable[[list[Event]], None], enrolment: Enrolment, cards: list[Card]
) -> None:
    send([answer(enrolment, card, 3, at=NOW - timedelta(days=n)) for card in cards for n in (9, 4)])
    sound = standing(enrolment)
    Memory.objects.filter(card=cards[0]).update(stability=99, reps=7)
    Memory.objects.filter(card=cards[1]).delete()
    Enrolment.objects.update(calibration=[1.0] * 17)
    ReviewEvent.objects.filter(card=cards[2]).delete()
    out = StringIO()
    call_command("rebuild_memories", "--enrolment", str(enrolment.pk), stdout=out)
    assert out.getvalue() == "3 memories of 1 enrolments computed again.\n"
    blank, kept = Memory.objects.get(card=cards[2]), [card.pk for card in cards[:2]]
    assert (blank.stability, blank.reps, blank.due_day) == (None, 0, None)
    mended = [memory for memory in standing(enrolment)[0] if memory[0] in kept]
    assert mended == [memory for memory in sound[0] if memory[0] in kept]


def test_who_wants_to_remember_more_is_asked_sooner(
    send: Callable[[list[Event]], None],
    api_of: ApiOf,
    carol: User,
    enrolment: Enrolment,
    cards: list[Card],
) -> None:
    send([answer(enrolment, cards[0], at=NOW - timedelta(days=1))])
    before = Memory.objects.get(enrolment=enrolment, card=cards[0], ordinal=0)
    url = f"/api/v1/enrolments/{enrolment.pk}/"
    told = api_of(carol).patch(url, {"desired_retention": 0.97}, format="json").json()
    assert told["desired_retention"] == 0.97
    after = Memory.objects.get(enrolment=enrolment, card=cards[0], ordinal=0)
    assert after.stability == before.stability
    assert before.due_day is not None
    assert after.due_day is not None
    assert after.due_day < before.due_day
    refused = api_of(carol).patch(url, {"desired_retention": 0.99}, format="json")
    assert refused.status_code == 400


def test_the_command_takes_everybody_unless_told_whom(enrolment: Enrolment) -> None:
    out = StringIO()
    call_command("rebuild_memories", stdout=out)
    assert "of 1 enrolments" in out.getvalue()
    with pytest.raises(CommandError, match="no enrolment 12345"):
        call_command("rebuild_memories", "--enrolment", "12345")


def test_a_rebuild_costs_the_same_queries_however_long_the_log(
    send: Callable[[list[Event]], None],
    enrolment: Enrolment,
    topic: Topic,
    django_assert_max_num_queries: Any,
) -> None:
    many = [make_card(topic) for _ in range(40)]
    send([answer(enrolment, card, 3, at=NOW - timedelta(days=n)) for card in many for n in (8, 3)])
    with django_assert_max_num_queries(8):
        rebuild(enrolment=enrolment)
