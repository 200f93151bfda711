"""QTI 3: a package whose items are whole, whatever their words."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.documents import Choice, Question, QuestionKind
from apps.exchange.qti.package import write_qti
from tests.exchange.questions.asked import questions

QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PACKAGE = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
LETTERS = tuple(Choice(letter, letter in "ab", f"why {letter}") for letter in "abc")


def unpacked(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    # Our own words, written a moment ago.
    return {name: ElementTree.fromstring(text) for name, text in texts.items()}  # noqa: S314


def item(question: Question) -> ElementTree.Element:
    files = unpacked(write_qti([question], "Bees").data)
    (name,) = (name for name in files if name.startswith("items/"))
    return files[name]


def right(element: ElementTree.Element) -> list[str]:
    return [value.text or "" for value in element.iterfind(f".//{QTI}qti-correct-response/*")]


@given(st.lists(questions(), max_size=3, unique_by=lambda each: each.id))
def test_every_item_is_whole_and_listed(asked: list[Question]) -> None:
    written = write_qti(asked, "Bees & <wax> --")
    files = unpacked(written.data)
    listed = [each.get("href") for each in files["imsmanifest.xml"].iter(f"{PACKAGE}resource")]
    assert sorted(filter(None, listed)) == sorted(
        name for name in files if name != "imsmanifest.xml"
    )
    assert written.count == len(listed)
    for name in filter(None, listed):
        element = files[name]
        declared = {
            each.get("identifier") for each in element.iter(f"{QTI}qti-outcome-declaration")
        }
        set_later = {each.get("identifier") for each in element.iter(f"{QTI}qti-set-outcome-value")}
        assert set_later <= declared
        offered = {
            each.get("identifier")
            for tag in ("qti-simple-choice", "qti-simple-associable-choice")
            for each in element.iter(f"{QTI}{tag}")
        }
        if offered:
            assert {each for value in right(element) for each in value.split()} <= offered
    assert write_qti(asked, "Bees & <wax> --").data == written.data


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
    assert right(element) == key


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
