"""QTI 3: a package whose items are whole, whatever their words."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.bank.models import QuestionKind as StoredKind
from apps.courses.models import Topic
from apps.exchange.documents import Case, Choice, Question, QuestionKind
from apps.exchange.qti.package import write_qti
from apps.quizzes.models import Case as StoredCase
from tests.exchange.questions.asked import questions, said
from tests.exchange.questions.qti_rules import QTI, check_package, right_answers, unpacked
from tests.factories import make_question

LETTERS = tuple(Choice(letter, letter in "ab", f"why {letter}") for letter in "abc")


PATIENT = Case("7", "A patient", "A man of 60 comes in.\nHe is pale.")
cases = st.none() | st.builds(Case, st.sampled_from(["1", "2"]), said, said)
about = st.builds(lambda asked, case: replace(asked, case=case), questions(), cases)


def item(question: Question) -> ElementTree.Element:
    files = unpacked(write_qti([question], "Bees").data)
    (name,) = (name for name in files if name.startswith("items/"))
    return files[name]


@given(st.lists(about, max_size=4, unique_by=lambda each: each.id))
def test_a_package_is_whole_whatever_the_questions_say(asked: list[Question]) -> None:
    written = write_qti(asked, "Bees & <wax> --")
    check_package(written.data)
    items = [name for name in unpacked(written.data) if name.startswith("items/")]
    assert written.count == len(items)
    assert written.count + sum(loss.is_whole for loss in written.losses) == len(asked)
    assert write_qti(asked, "Bees & <wax> --").data == written.data


def test_a_case_is_carried_once_for_all_its_questions() -> None:
    asked = [
        Question(QuestionKind.TYPED, stem, accepted=("bee",), id=str(UUID(int=n)), case=PATIENT)
        for n, stem in enumerate(("Who?", "Where?"))
    ]
    written = write_qti(asked, "Bees")
    check_package(written.data)
    files = unpacked(written.data)
    (stimulus,) = (files[name] for name in files if name.startswith("stimuli/"))
    assert stimulus.get("title") == "A patient"
    assert "".join(stimulus.itertext()).strip() == "A man of 60 comes in.He is pale."
    assert len(list(stimulus.iter(f"{QTI}br"))) == 1
    assert written.losses == []


@pytest.mark.django_db
def test_the_package_of_an_exam_is_whole(
    topic: Topic, alice: User, client_of: Callable[[User], Client]
) -> None:
    asked = [make_question(topic) for _ in range(3)]
    make_question(topic, "Who?", (), kind=StoredKind.TYPED, accepted=["bee"])
    case = StoredCase.objects.create(exam=topic.exam, title="A patient", text="A man of 60.")
    for place, question in enumerate(asked[:2]):
        case.places.create(question=question, position=place)
    answer = client_of(alice).get("/exams/bio/questions/file/qti/")
    assert answer.status_code == 200
    data = b"".join(answer) if answer.streaming else answer.content
    check_package(data)
    files = unpacked(data)
    assert sum(name.startswith("items/") for name in files) == 4
    about_it = [
        name
        for name, file in files.items()
        if file.find(f"{QTI}qti-assessment-stimulus-ref") is not None
    ]
    assert len(about_it) == 2


@pytest.mark.parametrize(
    ("question", "interaction", "cardinality", "key"),
    [
        (
            Question(QuestionKind.MULTIPLE, "Which two?", LETTERS),
            "qti-choice-interaction",
            "multiple",
            ["C1", "C2"],
        ),
        (
            Question(QuestionKind.ORDER, "In what order?", accepted=("a", "b", "c")),
            "qti-order-interaction",
            "ordered",
            ["C1", "C2", "C3"],
        ),
        (
            Question(QuestionKind.MATCH, "Which goes with which?", LETTERS),
            "qti-match-interaction",
            "multiple",
            ["C1 M1", "C2 M2", "C3 M3"],
        ),
        (
            Question(QuestionKind.TYPED, "Who?", accepted=("a bee", "bee")),
            "qti-text-entry-interaction",
            "single",
            ["a bee"],
        ),
    ],
)
def test_each_kind_has_its_interaction_and_key(
    question: Question, interaction: str, cardinality: str, key: list[str]
) -> None:
    element = item(question)
    assert len(list(element.iter(f"{QTI}{interaction}"))) == 1
    (declaration,) = element.iter(f"{QTI}qti-response-declaration")
    assert declaration.get("cardinality") == cardinality
    assert right_answers(element) == key


def test_a_number_with_a_margin_is_compared_with_that_margin() -> None:
    element = item(Question(QuestionKind.NUMERIC, "Pi?", accepted=("3.14 ± 0.01",)))
    (equal,) = element.iter(f"{QTI}qti-equal")
    assert equal.get("tolerance") == "0.01 0.01"


def test_why_is_told_with_each_choice_and_the_explanation_after() -> None:
    element = item(Question(QuestionKind.SINGLE, "Who?", LETTERS, explanation="It flies."))
    told = [each.text for each in element.iter(f"{QTI}qti-feedback-inline")]
    assert told == ["why a", "why b", "why c"]
    (after,) = element.iter(f"{QTI}qti-modal-feedback")
    assert "".join(after.itertext()) == "It flies."


def test_a_draft_without_a_key_stays_behind() -> None:
    question = Question(QuestionKind.SINGLE, "Who?", (Choice("a"), Choice("b")))
    written = write_qti([question], "Bees")
    assert (written.count, [loss.what for loss in written.losses]) == (
        0,
        ["no choice of it is right yet"],
    )


def test_what_qti_cannot_hold_is_named() -> None:
    question = Question(QuestionKind.NUMERIC, "How long?", accepted=("15 min",), topic=("Bees",))
    assert [loss.what for loss in write_qti([question], "Bees").losses] == [
        "its topic stays behind: Bees",
        "QTI knows no units: only the accepted wordings count there",
    ]
