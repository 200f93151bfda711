"""Moodle XML: whatever is written reads back the same; what Moodle wrote is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.documents import Choice, Entry, Question
from apps.exchange.moodle.xml import write_xml
from apps.exchange.moodle.xml_reader import read_xml
from tests.exchange.questions.asked import questions


@given(st.lists(questions(), min_size=1, max_size=4))
def test_whatever_is_written_reads_back_the_same(asked: list[Question]) -> None:
    written = write_xml(asked)
    left = {loss.id for loss in written.losses if loss.is_whole}
    read = read_xml(written.data)
    assert [entry.reason for entry in read.entries if entry.reason] == []
    assert [entry.remarks for entry in read.entries if entry.remarks] == []
    assert list(read.questions()) == [each.tidied for each in asked if each.id not in left]
    assert written.count == len(read.entries)


def one(kind: str, inside: str, text: str = "<text>What is it?</text>") -> Entry:
    question = f'<question type="{kind}"><questiontext format="html">{text}</questiontext>{inside}'
    (entry,) = read_xml(f"<quiz>{question}</question></quiz>".encode()).entries
    return entry


def asked(kind: str, inside: str, text: str = "<text>What is it?</text>") -> Question:
    question = one(kind, inside, text).question
    assert question is not None, one(kind, inside, text).reason
    return question


def answer(text: str, fraction: float = 100, more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def test_choices_come_with_their_feedback() -> None:
    why = '<feedback format="html"><text><![CDATA[<p>It <i>flies</i>.</p>]]></text></feedback>'
    single = asked(
        "multichoice", f"<single>true</single>{answer('a bee', 100, why)}{answer('b', 0)}"
    )
    assert single.kind == "single"
    assert single.choices == (Choice("a bee", True, "It flies."), Choice("b", False))
    several = asked("multichoice", f"<single>false</single>{answer('a', 50)}{answer('b', 50)}")
    assert several.kind == "multiple"
    assert all(choice.is_correct for choice in several.choices)


def test_html_becomes_words_and_files_are_named() -> None:
    text = (
        "<text><![CDATA[<p>Which&nbsp;bee?</p><ul><li>queen</li><li>drone</li></ul>"
        '<p><img src="@@PLUGINFILE@@/bee.png" alt="a bee"></p>]]></text>'
        '<file name="bee.png" encoding="base64">AAAA</file>'
    )
    entry = one("shortanswer", answer("queen"), text)
    assert entry.question is not None
    assert entry.question.stem == "Which bee?\n- queen\n- drone"
    assert entry.remarks == ("a picture is left out: a bee", "the file bee.png is left out")


@pytest.mark.parametrize(
    ("inside", "accepted"),
    [
        (answer("3.14", 100, "<tolerance>0.01</tolerance>"), ("3.14 ± 0.01",)),
        (answer("3.14", 100, "<tolerance>0</tolerance>"), ("3.14",)),
        (
            answer("15") + "<unitgradingtype>1</unitgradingtype><units>"
            "<unit><multiplier>1</multiplier><unit_name>min</unit_name></unit>"
            "<unit><multiplier>60</multiplier><unit_name>s</unit_name></unit></units>",
            ("15 min", "900 s"),
        ),
        (
            answer("2", 100, "<tolerance>0.5</tolerance>")
            + "<unitgradingtype>0</unitgradingtype><units>"
            "<unit><multiplier>1000</multiplier><unit_name>g</unit_name></unit></units>",
            ("2 ± 0.5", "2000 g ± 500"),
        ),
    ],
)
def test_numbers_come_with_margin_and_units(inside: str, accepted: tuple[str, ...]) -> None:
    assert asked("numerical", inside).accepted == accepted


def test_pairs_and_orders_are_taken() -> None:
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    pairs = pair.format("bee", "hive") + pair.format("ant", "hill") + pair.format("", "den")
    entry = one("matching", pairs)
    assert entry.question is not None
    assert [(c.text, c.why) for c in entry.question.choices] == [("bee", "hive"), ("ant", "hill")]
    assert entry.remarks == ("the wrong meaning “den”, which no term goes with, is left out",)
    assert asked("ordering", answer("boil", 1) + answer("cool", 2)).accepted == ("boil", "cool")


def test_true_and_false_may_stand_in_any_order() -> None:
    first = asked("truefalse", answer("false", 100) + answer("true", 0))
    assert [(c.text, c.is_correct) for c in first.choices] == [("True", False), ("False", True)]
    other_language = asked("truefalse", answer("wahr", 100) + answer("falsch", 0))
    assert other_language.choices[0].is_correct


@pytest.mark.parametrize(
    ("kind", "inside", "reason"),
    [
        ("essay", "", "it is answered by an essay"),
        ("description", "", "it is a text, not a question"),
        ("cloze", "", "it has several gaps"),
        ("ddimageortext", "", "Moodle's kind “ddimageortext” is none that is asked here"),
        ("numerical", answer("many"), "“many” is no number"),
        ("numerical", answer("1e999999999"), "is no number"),
        ("multichoice", '<answer fraction="a lot"><text>x</text></answer>', "is no number"),
        ("shortanswer", answer("bee", 50), "no answer of it is worth the whole point"),
        ("truefalse", answer("true"), "it has not just the answers true and false"),
    ],
)
def test_what_cannot_be_taken_says_why(kind: str, inside: str, reason: str) -> None:
    entry = one(kind, inside)
    assert entry.question is None
    assert reason in entry.reason


def test_hints_and_what_is_said_to_all_answers_are_named() -> None:
    inside = answer("bee") + "<correctfeedback><text>Well done.</text></correctfeedback><hint/>"
    assert one("shortanswer", inside).remarks == (
        "what is said to all answers is left out: Well done.",
        "its hints are left out",
    )


def test_an_entry_knows_its_line() -> None:
    words = "<questiontext><text>x</text></questiontext>"
    text = f'<quiz>\n<question type="essay">\n{words}</question></quiz>'
    assert [entry.line for entry in read_xml(text.encode()).entries] == [2]
