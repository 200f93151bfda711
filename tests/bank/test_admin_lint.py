"""The authoring page of a question says what is doubtful about it, before it is saved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.bank.lint import lint_question
from apps.bank.models import Question, QuestionKind
from apps.courses.models import Topic
from tests.bank.authors import text_of
from tests.bank.test_admin_questions import form, page_of
from tests.factories import make_question

LINT = reverse("admin:bank_question_lint")
SOUND = (("The heart", True), ("The liver", False), ("The lungs", False))


def faults(author: Client, sent: dict[str, Any]) -> list[str]:
    told = author.post(LINT, sent)
    assert told.status_code == 200
    return [each["what"] for each in told.json()["faults"]]


def test_a_sound_question_has_no_faults(author: Client, topic: Topic) -> None:
    sent = form(topic, SOUND, explanation="It is a muscle that never rests.")
    assert faults(author, sent) == []
    assert not Question.objects.exists(), "looking saves nothing"


@pytest.mark.parametrize(
    ("choices", "fields", "what"),
    [
        (SOUND[:2], {}, "at least 3 choices are needed"),
        ((*SOUND, ("All of the above", False)), {}, "a choice is filler"),
        (SOUND, {"explanation": ""}, "nothing explains the answer"),
        (SOUND, {"stem": "Which organ pumps"}, "the stem ends openly"),
        (SOUND, {"kind": "multiple"}, "several choices must be right"),
        ((), {"kind": "typed", "accepted": "\r\n"}, "no answer is accepted"),
        (SOUND, {"choices-0-DELETE": "on"}, "exactly one choice must be right"),
    ],
)
def test_faults_are_named_while_it_is_written(
    author: Client, topic: Topic, choices: Any, fields: dict[str, Any], what: str
) -> None:
    sent = form(topic, choices, **{"explanation": "It is a muscle.", **fields})
    assert any(what in fault for fault in faults(author, sent))


def test_the_form_shows_the_faults_of_what_is_stored(author: Client, topic: Topic) -> None:
    question = make_question(topic, "Name it", kind=QuestionKind.TYPED, choices=(), accepted=["x"])
    page = text_of(author.get(page_of(question)))
    assert "Doubt: the stem ends openly" in page


def test_a_form_without_a_kind_makes_no_sense(author: Client, topic: Topic) -> None:
    assert author.post(LINT, {"kind": "riddle"}).status_code == 400


def test_what_a_person_writes_needs_no_source() -> None:
    content = {
        "kind": "true_false",
        "stem": "The heart pumps blood through the body.",
        "choices": [
            {"text": "True", "is_correct": True, "why": ""},
            {"text": "False", "is_correct": False, "why": ""},
        ],
        "accepted": [],
        "explanation": "It is a muscle.",
    }
    assert lint_question(content) == []


@pytest.mark.parametrize(
    "frame", ["Is it true or false that", "Is it true that", "True or false:", "true or false that"]
)
def test_asking_whether_something_is_true_is_no_fault(frame: str) -> None:
    content = {
        "kind": "true_false",
        "stem": f"{frame} the heart pumps blood through the body?",
        "choices": [
            {"text": "True", "is_correct": True, "why": ""},
            {"text": "False", "is_correct": False, "why": ""},
        ],
        "accepted": [],
        "explanation": "It is a muscle.",
    }
    assert lint_question(content) == []
    without_subject = lint_question(content | {"stem": f"{frame} it pumps blood?"})
    assert [fault.what for fault in without_subject] == ["prompt without a subject"]


def test_how_a_stem_is_worded_is_a_doubt_and_no_fault() -> None:
    content = single("Leads may make roles. What sets a ceiling on any of these?", "A boundary")
    told = {fault.what: fault.is_error for fault in lint_question(content)}
    assert told["prompt points at other lines"] is False
    assert told["too few choices or too many"] is True


def single(stem: str, *texts: str, why: str = "So it is.") -> dict[str, Any]:
    """A single choice, the first of whose choices is right."""
    return {
        "kind": "single",
        "stem": stem,
        "choices": [
            {"text": text, "is_correct": place == 0, "why": why} for place, text in enumerate(texts)
        ],
        "accepted": [],
        "explanation": "It is a muscle.",
    }


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (single("Which is not an organ?", "Blood", "Heart", "Liver"), "write it in capitals"),
        (single("Which pumps blood?", "Heart", "Liver", "LOL"), "a choice is a joke"),
        (single("Which pumps blood?", "Heart", "Liver", "Lung", why=""), "has no reason"),
        (single("Which pumps blood?", "Heart.", "Liver", "Lung"), "end with a full stop"),
        (single("Which pumps blood?", "Heart", "liver", "Lung"), "begin with a capital"),
        (
            single("Which pumps blood?", "In the heart", "In the liver", "In the lung"),
            "all choices begin with “in the”",
        ),
        (single("How many chambers has it?", "4", "6", "2"), "the numbers are not in order"),
        (
            single("Which pumps blood?", "Heart", *(f"Liver {n} {'x' * 40}" for n in "ab")),
            "shortest",
        ),
        (single("When does it pump?", "It often does", "By day", "By night"), "with caution"),
        (single(f"Which pumps {'red blood ' * 70}?", "Heart", "Liver", "Lung"), "more than 120"),
    ],
)
def test_doubts_about_wording_are_named(content: dict[str, Any], what: str) -> None:
    found = [fault for fault in lint_question(content) if what in fault.what]
    assert [fault.is_error for fault in found] == [False]


@pytest.mark.parametrize(
    "content",
    [
        single("Which tissue is NOT an organ of digestion?", "Blood", "Heart", "Liver"),
        single("How many chambers has it?", "2", "4", "6"),
        single("How long does a beat take?", "0.8 s", "0.5 s", "0.2 s"),
    ],
)
def test_sound_wordings_raise_no_doubt(content: dict[str, Any]) -> None:
    assert lint_question(content) == []
