"""What an answer in a quiz does to study: one review log, and what is missed comes back today."""

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card, Question
from apps.courses.models import Exam, Topic
from apps.notes.services import cite
from apps.quizzes.models import Attempt, AttemptItem, QuizKind
from apps.quizzes.selection import Selection
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import check, submit
from apps.study.models import Enrolment, Memory, ReviewEvent
from apps.study.services.queue import today
from apps.study.services.sync import record_events
from tests.factories import NOW, make_card, make_question, make_version
from tests.quizzes.conftest import answer, item_of, right, wrong
from tests.study import events as reviews


@pytest.fixture
def question(bank: list[Question]) -> Question:
    """The question that cites a line of cells.txt; its right choice is called “Right”."""
    return bank[0]


@pytest.fixture
def card(topic: Topic, question: Question, enrolment: Enrolment) -> Card:
    """A card that cites the same line and asks for the same answer."""
    card = make_card(topic, "What is so?", "Right")
    card.passages.set(question.passages.all())
    return card


@pytest.fixture
def neighbour(topic: Topic, question: Question, enrolment: Enrolment) -> Card:
    """Another fact of the same line."""
    card = make_card(topic, "What else stands here?", "Something different")
    card.passages.set(question.passages.all())
    return card


def give(
    attempt: Attempt, question: Question, response: Callable[[AttemptItem], list[str]]
) -> AttemptItem:
    item = attempt.items.select_related("question_version").get(question=question)
    record_answers(attempt=attempt, events=[answer(item, response(item))], now=NOW)
    return item


def ratings(card: Card) -> list[int | None]:
    return list(
        ReviewEvent.objects.filter(card=card)
        .order_by("reviewed_at", "seq")
        .values_list("rating", flat=True)
    )


def learnt(enrolment: Enrolment, card: Card) -> None:
    event = reviews.incoming(reviews.answer(enrolment, card))
    record_events(user=enrolment.user, events=[event], now=NOW)


def test_a_wrong_answer_brings_its_card_back_into_today(
    mock_exam: Attempt, enrolment: Enrolment, question: Question, card: Card, neighbour: Card
) -> None:
    give(mock_exam, question, wrong)
    submit(attempt=mock_exam, now=NOW)
    assert ratings(card) == [1]
    assert ratings(neighbour) == [], "another fact of the line was not asked"
    waiting = [memory.card_id for memory in today(enrolment=enrolment, now=NOW).waiting]
    assert card.pk in waiting


def test_a_first_right_answer_passes_a_card_that_was_learnt_before(
    mock_exam: Attempt, enrolment: Enrolment, question: Question, card: Card
) -> None:
    learnt(enrolment, card)
    give(mock_exam, question, right)
    submit(attempt=mock_exam, now=NOW)
    assert ratings(card) == [3, 3]


def test_recognising_an_answer_does_not_teach_a_new_card(
    mock_exam: Attempt, question: Question, card: Card
) -> None:
    give(mock_exam, question, right)
    submit(attempt=mock_exam, now=NOW)
    assert ratings(card) == []


def test_what_was_not_answered_shows_nothing(
    mock_exam: Attempt, question: Question, card: Card
) -> None:
    submit(attempt=mock_exam, now=NOW)
    assert ratings(card) == []


def test_only_the_first_right_answer_to_a_question_is_evidence(
    carol: User, exam: Exam, enrolment: Enrolment, question: Question, card: Card
) -> None:
    learnt(enrolment, card)
    for _ in range(2):
        attempt, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.QUICK, now=NOW)
        give(attempt, question, right)
        submit(attempt=attempt, now=NOW)
    assert ratings(card) == [3, 3]


def test_a_suspended_card_is_left_alone(
    mock_exam: Attempt, enrolment: Enrolment, question: Question, card: Card
) -> None:
    learnt(enrolment, card)
    Memory.objects.filter(card=card).update(is_suspended=True)
    give(mock_exam, question, wrong)
    submit(attempt=mock_exam, now=NOW)
    assert ratings(card) == [3]


def test_who_does_not_study_the_exam_has_no_log(
    mock_exam: Attempt, question: Question, topic: Topic
) -> None:
    make_card(topic).passages.set(question.passages.all())
    give(mock_exam, question, wrong)
    submit(attempt=mock_exam, now=NOW)
    assert not ReviewEvent.objects.exists()


def test_an_answer_told_at_once_is_evidence_once_and_cannot_be_changed(
    carol: User, exam: Exam, question: Question, card: Card, carol_api: APIClient, now: object
) -> None:
    attempt, _ = start_attempt(
        user=carol, exam=exam, kind=QuizKind.WEAKEST, now=NOW, selection=Selection(count=50)
    )
    item = give(attempt, question, wrong)
    told = carol_api.post(f"/api/v1/attempts/{attempt.pk}/check/", {"index": item.index}).json()
    assert (told["score"], told["right_answer"]) == (0, ["Right"])
    assert told["sources"][0]["note"] == "cells.txt"
    assert ratings(card) == [1]
    outcome = record_answers(attempt=attempt, events=[answer(item, right(item))], now=NOW)
    assert [each.code for each in outcome.rejected] == ["checked"]
    assert check(attempt=attempt, index=item.index, now=NOW).score == 0
    submit(attempt=attempt, now=NOW)
    assert ratings(card) == [1]


def test_a_mock_exam_tells_nothing_before_the_end(
    mock_exam: Attempt, question: Question, carol_api: APIClient
) -> None:
    item = give(mock_exam, question, right)
    url = f"/api/v1/attempts/{mock_exam.pk}/check/"
    refused = carol_api.post(url, {"index": item.index})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_checked")
    assert "explanation" not in refused.content.decode()


def test_a_missed_question_without_a_card_becomes_one(
    carol: User, mock_exam: Attempt, enrolment: Enrolment, client_of: Callable[[User], Client]
) -> None:
    item = item_of(mock_exam, "typed")
    submit(attempt=mock_exam, now=NOW)
    browser = client_of(carol)
    results = f"/attempts/{mock_exam.pk}/results/"
    assert "Make a card of it" in browser.get(results).content.decode()
    for _ in range(2):  # pressing twice makes one card
        browser.post(f"/attempts/{mock_exam.pk}/items/{item.index}/card/")
    card = Card.objects.get(owner=carol)
    assert (card.front, card.back) == ("What sets the pace of the heart?", "Sinoatrial node")
    assert ratings(card) == [1]
    assert card.pk in [memory.card_id for memory in today(enrolment=enrolment, now=NOW).waiting]
    assert "Today asks its card again" in browser.get(results).content.decode()


def test_the_card_of_an_unanswered_question_is_asked_when_the_learner_wants_it(
    carol: User,
    mock_exam: Attempt,
    question: Question,
    card: Card,
    client_of: Callable[[User], Client],
) -> None:
    submit(attempt=mock_exam, now=NOW)
    browser = client_of(carol)
    assert (
        "Ask its card today" in browser.get(f"/attempts/{mock_exam.pk}/results/").content.decode()
    )
    index = mock_exam.items.get(question=question).index
    browser.post(f"/attempts/{mock_exam.pk}/items/{index}/card/")
    assert ratings(card) == [1]


def test_no_card_is_asked_while_the_question_may_still_be_answered(
    carol: User,
    mock_exam: Attempt,
    question: Question,
    card: Card,
    client_of: Callable[[User], Client],
) -> None:
    index = mock_exam.items.get(question=question).index
    client_of(carol).post(f"/attempts/{mock_exam.pk}/items/{index}/card/")
    assert ratings(card) == []
    assert not Card.objects.filter(owner=carol).exists()


def test_a_line_with_too_many_facts_fails_none_of_them(
    mock_exam: Attempt, topic: Topic, question: Question, enrolment: Enrolment
) -> None:
    cards = [make_card(topic, back=f"Fact {number}") for number in range(5)]
    for each in cards:
        each.passages.set(question.passages.all())
    give(mock_exam, question, wrong)
    submit(attempt=mock_exam, now=NOW)
    assert not ReviewEvent.objects.exists()


def test_marking_a_long_paper_does_not_ask_more_of_the_database(
    carol: User,
    exam: Exam,
    topic: Topic,
    enrolment: Enrolment,
    django_assert_max_num_queries: object,
) -> None:
    version = make_version(exam, "\n".join(f"Line {n}." for n in range(30)))
    for line in range(1, 31):
        question = make_question(topic)
        question.passages.set(cite(version=version, spans=[(line, line)]))
        make_card(topic, back="Right").passages.set(question.passages.all())
    attempt, _ = start_attempt(
        user=carol, exam=exam, kind=QuizKind.WEAKEST, now=NOW, selection=Selection(count=30)
    )
    items = attempt.items.select_related("question_version")
    record_answers(attempt=attempt, events=[answer(item, wrong(item)) for item in items], now=NOW)
    with django_assert_max_num_queries(35):  # type: ignore[operator]
        submit(attempt=attempt, now=NOW)
    assert ReviewEvent.objects.count() == 30
