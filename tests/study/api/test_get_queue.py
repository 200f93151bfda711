"""GET /api/v1/enrolments/<id>/queue/: what is left of today."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import CardKind, Status
from apps.courses.models import Exam, Topic
from apps.study.models import Enrolment
from tests.factories import NOW, make_card, make_enrolment, make_topic, make_version
from tests.pictures import attach, picture
from tests.study.events import answer

ApiOf = Callable[[User | None], APIClient]


def queue_of(api: APIClient, enrolment: Enrolment, **query: Any) -> Any:
    return api.get(f"/api/v1/enrolments/{enrolment.pk}/queue/", query)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_it_works(api_of: ApiOf, carol: User, exam: Exam, topic: Topic) -> None:
    version = make_version(exam, "Cells\nThe nucleus holds the DNA.", name="cells.txt")
    make_card(topic, "What holds the DNA?", "The nucleus", version=version, line=2)
    enrolment = make_enrolment(carol, exam)
    queue = queue_of(api_of(carol), enrolment).json()
    assert (queue["reviews_left"], queue["new_left"], queue["user"]) == (0, 1, carol.pk)
    prompt = queue["prompts"][0]
    assert prompt["question"] == "What holds the DNA?"
    assert prompt["answer"] == "The nucleus"
    assert prompt["path"] == ["Cells"]
    assert prompt["sources"] == [
        {
            "note_id": version.note_id,
            "note": "cells.txt",
            "page": None,
            "first_line": 2,
            "last_line": 2,
            "text": "The nucleus holds the DNA.",
        }
    ]
    intervals = prompt["intervals"]
    assert (intervals["1"], intervals["2"], intervals["3"]) == ("today", "1 d", "2 d")
    assert intervals["4"] in {"6 d", "7 d", "8 d", "9 d", "10 d"}
    assert prompt["weight"] == 1
    assert prompt["is_leech"] is False


def test_it_is_the_learners_own(
    api_of: ApiOf, dave: User, alice: User, enrolment: Enrolment
) -> None:
    assert queue_of(api_of(None), enrolment).status_code == 401
    assert queue_of(api_of(dave), enrolment).status_code == 404
    assert queue_of(api_of(alice), enrolment).status_code == 404


def test_drafts_and_other_peoples_cards_are_not_asked(
    api_of: ApiOf, carol: User, dave: User, enrolment: Enrolment, topic: Topic
) -> None:
    make_card(topic, status=Status.DRAFT)
    make_card(topic, status=Status.RETIRED)
    make_card(topic, owner=dave)
    mine = make_card(topic, owner=carol)
    prompts = queue_of(api_of(carol), enrolment).json()["prompts"]
    assert [prompt["card"] for prompt in prompts] == [str(mine.pk)]


def test_a_card_published_during_the_day_is_there_at_once(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    api = api_of(carol)
    assert queue_of(api, enrolment).json()["prompts"] == []
    make_card(topic)
    assert len(queue_of(api, enrolment).json()["prompts"]) == 1


def test_what_was_answered_well_is_gone_and_what_was_forgotten_comes_again(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    known, forgotten = make_card(topic), make_card(topic)
    api = api_of(carol)
    events = [answer(enrolment, known, 3), answer(enrolment, forgotten, 1)]
    api.post("/api/v1/reviews/", {"user": carol.pk, "events": events}, format="json")
    prompts = queue_of(api, enrolment).json()["prompts"]
    assert [prompt["card"] for prompt in prompts] == [str(forgotten.pk)]


def test_a_card_comes_back_on_the_day_it_is_due(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic, _now: Any
) -> None:
    api = api_of(carol)
    event = answer(enrolment, make_card(topic), 3)
    api.post("/api/v1/reviews/", {"user": carol.pk, "events": [event]}, format="json")
    _now.move_to(NOW + timedelta(days=1))
    assert queue_of(api, enrolment).json()["prompts"] == []
    _now.move_to(NOW + timedelta(days=2))
    assert queue_of(api, enrolment).json()["reviews_left"] == 1


def test_a_day_holds_no_more_new_cards_than_its_plan(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    for _ in range(100):
        make_card(topic)
    api = api_of(carol)
    queue = queue_of(api, enrolment).json()
    assert 0 < queue["new_left"] < 100
    assert queue["seconds"] <= 20 * 60 + 60
    more = api.post(f"/api/v1/enrolments/{enrolment.pk}/more/", {"prompts": 3}, format="json")
    assert more.json()["new_left"] == queue["new_left"] + 3


def test_only_one_direction_of_a_card_is_new_on_one_day(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    make_card(topic, "Term", "Meaning", kind=CardKind.REVERSED)
    prompts = queue_of(api_of(carol), enrolment).json()["prompts"]
    assert [prompt["ordinal"] for prompt in prompts] == [0]


def test_the_cards_of_one_note_can_be_studied_apart(
    api_of: ApiOf, carol: User, exam: Exam, enrolment: Enrolment, topic: Topic
) -> None:
    version = make_version(exam, "A line.")
    make_card(topic)
    wanted = make_card(topic, version=version)
    queue = queue_of(api_of(carol), enrolment, note=version.note_id).json()
    assert [prompt["card"] for prompt in queue["prompts"]] == [str(wanted.pk)]


def test_lists_come_item_by_item_and_gaps_are_hidden(
    api_of: ApiOf, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    make_card(topic, "The bases of DNA", "", kind=CardKind.LIST, items=["A", "C", "G", "T"])
    make_card(topic, "DNA has {{c1::four}} bases.", "", kind=CardKind.CLOZE)
    listed, gapped = queue_of(api_of(carol), enrolment).json()["prompts"]
    assert listed["items"] == ["A", "C", "G", "T"]
    assert gapped["question"] == "DNA has […] bases."
    assert gapped["answer"] == "DNA has four bases."


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": "all"}, {"note": "x"}])
def test_a_senseless_question_is_told_so(
    api_of: ApiOf, carol: User, enrolment: Enrolment, query: dict[str, Any]
) -> None:
    response = queue_of(api_of(carol), enrolment, **query)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid"


def test_more_cards_cost_no_more_queries(
    api_of: ApiOf,
    carol: User,
    exam: Exam,
    enrolment: Enrolment,
    django_assert_max_num_queries: Any,
) -> None:
    version = make_version(exam, "A line.")
    for _ in range(15):
        make_card(make_topic(exam), version=version)
    api = api_of(carol)
    queue_of(api, enrolment)
    with django_assert_max_num_queries(14):
        assert len(queue_of(api, enrolment).json()["prompts"]) == 15


def test_images_come_with_the_side_they_stand_on(
    api_of: ApiOf, carol: User, exam: Exam, topic: Topic
) -> None:
    card = make_card(topic, "Femur", "Thigh bone", kind=CardKind.REVERSED)
    front = attach(card, picture(width=30, height=20), alt="A bone")
    back = attach(card, picture(1), side="back", alt="A thigh")
    enrolment = make_enrolment(carol, exam)
    prompts = queue_of(api_of(carol), enrolment).json()["prompts"]
    sides = {
        prompt["ordinal"]: {image["alt"]: image["side"] for image in prompt["images"]}
        for prompt in prompts
    }
    whole = {
        0: {"A bone": "question", "A thigh": "answer"},
        1: {"A bone": "answer", "A thigh": "question"},
    }
    assert sides
    assert sides.items() <= whole.items()
    shown = {image["alt"]: image for image in prompts[0]["images"]}
    assert (shown["A bone"]["width"], shown["A bone"]["height"]) == (30, 20)
    for image, alt in ((front, "A bone"), (back, "A thigh")):
        assert shown[alt]["url"] == f"/api/v1/images/{image.pk}/"
        assert api_of(carol).get(shown[alt]["url"]).status_code == 200
