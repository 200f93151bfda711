"""GIFT: whatever is written reads back the same; what others wrote is taken as Moodle takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.documents import Choice, Entry, Question, QuestionKind
from apps.exchange.moodle.gift import write_gift
from apps.exchange.moodle.gift_reader import read_gift
from tests.exchange.questions.asked import questions


@given(st.lists(questions(), min_size=1, max_size=4))
def test_whatever_is_written_reads_back_the_same(asked: list[Question]) -> None:
    written = write_gift(asked)
    left = {loss.id for loss in written.losses if loss.is_whole}
    read = read_gift(written.data)
    assert [entry.reason for entry in read.entries if entry.reason] == []
    assert [entry.remarks for entry in read.entries if entry.remarks] == []
    assert list(read.questions()) == [each.tidied for each in asked if each.id not in left]
    assert written.count == len(read.entries)


def one(text: str) -> Entry:
    (entry,) = read_gift(text.encode()).entries
    return entry


def asked(text: str) -> Question:
    question = one(text).question
    assert question is not None, one(text).reason
    return question


@pytest.mark.parametrize(
    ("text", "kind", "choices"),
    [
        ("Who keeps bees?{~a baker =a beekeeper ~a smith}", "single", "baker- beekeeper+ smith-"),
        ("Who?{=a beekeeper}", "typed", ""),
        ("Which two?{~%50%a bee ~%50%a wasp ~%-100%a fly}", "multiple", "bee+ wasp+ fly-"),
        ("Bees dance.{T}", "true_false", "True+ False-"),
        ("Bees bark.{FALSE#They do not.#Right.}", "true_false", "True- False+"),
        ("How many legs?{#6}", "numeric", ""),
        ("Who lives where?{=bee -> hive =ant->hill =fox -> den}", "match", "bee+ ant+ fox+"),
    ],
)
def test_each_kind_is_known_by_its_marks(text: str, kind: str, choices: str) -> None:
    question = asked(text)
    assert question.kind == kind
    told = [f"{c.text.removeprefix('a ')}{'+' if c.is_correct else '-'}" for c in question.choices]
    assert told == choices.split()


@pytest.mark.parametrize(
    ("answers", "accepted"),
    [
        ("#1822:5", ("1822 ± 5",)),
        ("#1..5", ("3 ± 2",)),
        ("#3.14:0", ("3.14",)),
        ("#=1822:0 =%50%1820:2", ("1822",)),
        ("=no one =nobody", ("no one", "nobody")),
        ("=%100%5\\\\*3", ("5*3",)),
        (
            ">3 ALL VERTICAL ABSOLUTE_POSITION SHOW\n boil\n cool\n drink\n",
            ("boil", "cool", "drink"),
        ),
    ],
)
def test_answers_are_read_as_moodle_reads_them(answers: str, accepted: tuple[str, ...]) -> None:
    assert asked(f"What is it?{{{answers}}}").accepted == accepted


def test_answers_in_the_middle_leave_a_gap() -> None:
    assert asked("Bees live in {=hives ~dens} all year.").stem == "Bees live in _____ all year."


def test_explanations_and_feedback_are_kept() -> None:
    question = asked("Bees?{=yes#Indeed. ~no#They are. ~maybe####They are insects.}")
    assert [choice.why for choice in question.choices] == ["Indeed.", "They are.", ""]
    assert question.explanation == "They are insects."


def test_true_and_false_know_what_is_said_to_whom() -> None:
    assert asked("Bees bark.{F#They do not.#Right.}").choices == (
        Choice("True", False, "They do not."),
        Choice("False", True, "Right."),
    )


def test_categories_are_topics_until_the_next() -> None:
    text = "$CATEGORY: $course$/top/Bees/Hives // wax\n\nOne{T}\n\n$CATEGORY: Ants\n\nTwo{T}\n"
    first, second = read_gift(text.encode()).questions()
    assert (first.topic, second.topic) == (("Bees", "Hives / wax"), ("Ants",))


def test_html_becomes_words_and_pictures_are_named() -> None:
    entry = one(
        "[html]<p>Which <b>bee</b>\\:</p><img src\\='q.png' alt\\='a queen'>"
        "<p>CO<sub>2</sub>?</p>{T}"
    )
    assert entry.question is not None
    assert entry.question.stem == "Which bee:\nCO_2?"
    assert entry.remarks == ("a picture is left out: a queen",)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("::Dance::Do bees dance?{T}", "its title is not kept: Dance"),
        ("Who?{=bee =%50%wasp}", "the answer “wasp” for 50 % is left out"),
        ("Who?{=bee#Good!}", "what is said to the answer “bee” is left out"),
        ("Who?{=a bee ~%50%a wasp}", "choices worth part of a point count as wrong here"),
        ("Which?{~%70%a ~%30%b ~c}", "its right choices weigh differently"),
        ("Who?{=bee*}", "the star in “bee*” stands for any words in Moodle"),
        ("// [tag:insects]\nBees?{T}", "its tags are not kept: insects"),
        ("[markdown]A **bee**?{T}", "its Markdown is kept as it is typed"),
        ("How many?{#6 ~#Count again.}", "what is said to a wrong number is left out"),
    ],
)
def test_what_is_left_behind_is_named(text: str, remark: str) -> None:
    (told,) = one(text).remarks
    assert told.startswith(remark)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Only a text.", "it has no answers in braces"),
        ("Write about bees.{}", "it is answered by an essay"),
        ("Which {=one", "its braces do not match"),
        ("Which {T} or {F}?", "it has a second pair of braces"),
        ("{T}", "it asks nothing"),
        ("How many?{#many}", "“many” is no number with a margin"),
        ("How many?{#1e999999:1}", "is no number with a margin"),
        ("Who lives where?{=bee -> hive =ant}", "a pair has no arrow"),
        ("Who?{=%50%bee}", "no answer of it is worth the whole point"),
    ],
)
def test_what_cannot_be_taken_says_why_and_where(text: str, reason: str) -> None:
    first, second = read_gift(f"Bees dance.{{T}}\n\n// next\n{text}\n".encode()).entries
    assert first.question is not None
    assert (second.question, second.line) == (None, 3)
    assert reason in second.reason


def test_an_arrow_in_an_answer_is_left_to_moodle_xml() -> None:
    question = Question(QuestionKind.TYPED, "What follows?", accepted=("a -> b",))
    (loss,) = write_gift([question]).losses
    assert loss.is_whole
    assert "Moodle XML holds it" in loss.what
