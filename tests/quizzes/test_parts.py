"""Steps to put in order, terms to match, numbers to type: from the paper to the results."""

import json
from collections import Counter
from itertools import permutations
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind
from apps.bank.services.items import ChoiceText
from apps.courses.models import Exam, Topic
from apps.quizzes.models import Attempt, AttemptItem, QuizKind
from apps.quizzes.paper import right_order, right_pairs, shuffled_choices
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import submit
from apps.quizzes.services.papers import paper_of
from apps.quizzes.services.results import results_of
from tests.factories import NOW, make_question
from tests.quizzes.conftest import answer, item_of

STEPS = ["Prophase", "Metaphase", "Anaphase", "Telophase"]
PAIRS = (
    ChoiceText("Xylem", True, "Carries water up"),
    ChoiceText("Phloem", True, "Carries sugar down"),
    ChoiceText("Stoma", True, "Lets gas through"),
)


@pytest.fixture
def attempt(carol: User, exam: Exam, topic: Topic, now: Any) -> Attempt:
    """Carol's practice on one order, one match, one number and two choices."""
    make_question(topic, "Which order is right?", (), kind=QuestionKind.ORDER, accepted=STEPS)
    make_question(topic, "Which goes with which?", PAIRS, kind=QuestionKind.MATCH)
    make_question(topic, "How long?", (), kind=QuestionKind.NUMERIC, accepted=["15 minutes"])
    for _ in range(2):
        make_question(topic)
    return start_attempt(user=carol, exam=exam, kind=QuizKind.QUICK, now=NOW)[0]


def right_answers(attempt: Attempt) -> dict[str, list[str]]:
    order, match = item_of(attempt, "order"), item_of(attempt, "match")
    return {
        "order": right_order(order.choice_order),
        "match": right_pairs(match.question_version.content, match.choice_order),
        "numeric": ["900 s"],
    }


def hand_in(attempt: Attempt, answers: dict[str, list[str]]) -> dict[str, AttemptItem]:
    events = [answer(item_of(attempt, kind), given) for kind, given in answers.items()]
    outcome = record_answers(attempt=attempt, events=events, now=NOW)
    assert outcome.rejected == []
    submit(attempt=attempt, now=NOW)
    attempt.refresh_from_db()
    return {kind: item_of(attempt, kind) for kind in answers}


def test_right_answers_earn_their_points(attempt: Attempt) -> None:
    items = hand_in(attempt, right_answers(attempt))
    assert {kind: item.score for kind, item in items.items()} == {
        "order": 1,
        "match": 1,
        "numeric": 1,
    }


def test_the_paper_shows_every_part_and_no_order_or_pair(attempt: Attempt) -> None:
    paper = {item.kind: item for item in paper_of(attempt=attempt, now=NOW).items}
    assert {option.text for option in paper["order"].options} == set(STEPS)
    assert [option.id for option in paper["order"].options] == ["o1", "o2", "o3", "o4"]
    assert {option.text for option in paper["match"].options} == {"Xylem", "Phloem", "Stoma"}
    meanings = [target.text for target in paper["match"].targets]
    assert meanings == sorted(pair.why for pair in PAIRS)
    assert [target.id for target in paper["match"].targets] == ["m1", "m2", "m3"]
    assert (paper["numeric"].options, paper["numeric"].targets) == ([], [])


def test_the_paper_sent_to_a_browser_holds_no_key(carol_api: APIClient, attempt: Attempt) -> None:
    items = carol_api.get(f"/api/v1/attempts/{attempt.pk}/").json()["items"]
    text = json.dumps(items)
    assert "15 minutes" not in text
    assert "is_correct" not in text
    assert all(set(part) == {"id", "text"} for item in items for part in item["targets"])


def test_steps_are_shown_in_every_order_so_that_none_can_be_ruled_out() -> None:
    content = {"kind": "order", "accepted": STEPS[:3], "choices": []}
    question = Question(pk=None)
    shown = Counter(
        tuple(shuffled_choices(content, question=question.id, seed=str(number)))
        for number in range(600)
    )
    assert set(shown) == set(permutations(range(3)))
    assert min(shown.values()) > 60, "each of the six should come up about 100 times"


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        ("order", ["o1", "o2"]),
        ("order", ["o1", "o2", "o3", "o3"]),
        ("order", ["o1", "o2", "o3", "o9"]),
        ("match", ["o1=m1", "o1=m2"]),
        ("match", ["o1=m9"]),
        ("match", ["o1"]),
        ("numeric", ["1 min", "2 min"]),
    ],
)
def test_what_is_no_answer_is_refused(attempt: Attempt, kind: str, response: list[str]) -> None:
    sent = answer(item_of(attempt, kind), response)
    outcome = record_answers(attempt=attempt, events=[sent], now=NOW)
    assert [each.code for each in outcome.rejected] == ["bad_response"]


def test_a_match_may_be_left_half_done(attempt: Attempt) -> None:
    pairs = right_answers(attempt)["match"]
    items = hand_in(attempt, {"match": pairs[:2]})
    assert items["match"].score == pytest.approx(2 / 3)


def test_the_results_tell_both_answers_in_words(attempt: Attempt) -> None:
    given = right_answers(attempt)
    given["order"] = given["order"][::-1]
    hand_in(attempt, given)
    results = {item.kind: item for item in results_of(attempt=attempt).items}
    assert results["order"].your_answer == STEPS[::-1]
    assert results["order"].right_answer == STEPS
    assert "Xylem: Carries water up" in results["match"].right_answer
    assert results["match"].your_answer == results["match"].right_answer
    assert results["numeric"].your_answer == ["900 s"]
    assert results["numeric"].right_answer == ["15 minutes"]


def test_the_results_page_lists_the_steps_in_order(attempt: Attempt, carol: User) -> None:
    hand_in(attempt, right_answers(attempt))
    browser = Client()
    browser.force_login(carol)
    html = browser.get(f"/attempts/{attempt.pk}/results/").content.decode()
    places = [html.index(f"<li>{step}</li>") for step in STEPS]
    assert places == sorted(places)
