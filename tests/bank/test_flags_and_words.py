"""A learner who is asked a card says what is wrong with it, or how it had better be worded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card, Flag, Status, Suggestion
from apps.bank.services.suggestions import accept
from apps.courses.models import Topic
from tests.factories import make_card

ApiOf = Callable[[User | None], APIClient]


@pytest.fixture
def card(topic: Topic) -> Card:
    return make_card(topic, "What bulids proteins?", "Ribosomes")


def post(api: APIClient, card: Card, what: str, **data: Any) -> Any:
    return api.post(f"/api/v1/cards/{card.pk}/{what}/", data, format="json")


def test_a_report_reaches_those_who_edit_the_exam(
    api_of: ApiOf, client_of: Callable[[User], Client], carol: User, bob: User, card: Card
) -> None:
    answer = post(api_of(carol), card, "flag", reason="wording", words="It says bulids.")
    assert answer.status_code == 201
    assert "report something wrong with 1 card" in client_of(bob).get("/exams/bio/").text
    page = client_of(bob).get("/exams/bio/suggestions/").text
    assert "A slip in the wording" in page
    assert "It says bulids." in page
    assert "bulids" not in client_of(carol).get("/exams/bio/suggestions/").text


def test_saying_it_again_replaces_what_was_said(api_of: ApiOf, carol: User, card: Card) -> None:
    post(api_of(carol), card, "flag", reason="wrong")
    post(api_of(carol), card, "flag", reason="unclear", words="Which ones?")
    assert [(flag.reason, flag.words) for flag in Flag.objects.all()] == [
        ("unclear", "Which ones?")
    ]


def test_a_report_that_was_seen_to_is_gone_and_may_come_again(
    api_of: ApiOf, client_of: Callable[[User], Client], carol: User, bob: User, card: Card
) -> None:
    post(api_of(carol), card, "flag", reason="wrong")
    editor = client_of(bob)
    editor.post(f"/flags/{Flag.objects.get().pk}/settle/")
    assert "Reported by learners" not in editor.get("/exams/bio/suggestions/").text
    again = editor.post(f"/flags/{Flag.objects.get().pk}/settle/", follow=True)
    assert "Somebody has seen to this already." in again.text
    assert post(api_of(carol), card, "flag", reason="wrong").status_code == 201


def test_a_report_needs_a_reason_there_is(api_of: ApiOf, carol: User, card: Card) -> None:
    assert post(api_of(carol), card, "flag", reason="ugly").status_code == 400


def test_a_learners_words_change_nothing_until_an_editor_takes_them(
    api_of: ApiOf, carol: User, bob: User, card: Card
) -> None:
    words = {"front": "What builds proteins?", "explanation": "From RNA."}
    assert post(api_of(carol), card, "suggest", **words).status_code == 202
    card.refresh_from_db()
    assert card.front == "What bulids proteins?"
    accept(suggestion=Suggestion.objects.get(), author=bob)
    card.refresh_from_db()
    assert (card.front, card.back, card.explanation) == (
        "What builds proteins?",
        "Ribosomes",
        "From RNA.",
    )


def test_words_that_could_not_be_asked_are_refused(api_of: ApiOf, carol: User, card: Card) -> None:
    refused = post(api_of(carol), card, "suggest", back="  ")
    assert refused.status_code == 400
    assert "The back is empty" in refused.json()["detail"]
    assert not Suggestion.objects.exists()


def test_the_words_there_are_are_no_suggestion(api_of: ApiOf, carol: User, card: Card) -> None:
    post(api_of(carol), card, "suggest", front=card.front, back=card.back)
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("what", ["flag", "suggest"])
def test_nobody_speaks_of_a_card_they_do_not_see(
    api_of: ApiOf, mallory: User, carol: User, topic: Topic, card: Card, what: str
) -> None:
    draft = make_card(topic, status=Status.DRAFT)
    data = {"reason": "wrong", "front": "Mine?"}
    assert post(api_of(mallory), card, what, **data).status_code == 404
    assert post(api_of(carol), draft, what, **data).status_code == 404
    assert post(api_of(None), card, what, **data).status_code == 401
