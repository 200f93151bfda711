"""CSV and Aiken: out and in again, and what they say of faults."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.documents import Question, QuestionKind
from apps.exchange.moodle.aiken import read_aiken, write_aiken
from apps.exchange.tables.csv_file import read_csv, write_csv
from tests.exchange.questions.asked import questions

SINGLE = st.just(QuestionKind.SINGLE)


@given(st.lists(questions(), min_size=1, max_size=4))
def test_a_table_holds_every_kind(asked: list[Question]) -> None:
    read = read_csv(write_csv(asked).data)
    assert list(read.questions()) == [each.tidied for each in asked]
    assert not any(entry.remarks or entry.reason for entry in read.entries)


@given(questions())
def test_no_cell_of_a_table_is_a_formula(asked: Question) -> None:
    text = write_csv([asked]).data.decode("utf-8-sig")
    for cell in next(row for row in list(csv.reader(io.StringIO(text, newline="")))[1:]):
        assert not cell.startswith(("=", "+", "@", "\t")), cell


@given(st.lists(questions(SINGLE), min_size=1, max_size=4))
def test_aiken_holds_single_choices_and_names_what_it_leaves(asked: list[Question]) -> None:
    written = write_aiken(asked)
    left = {loss.id for loss in written.losses if loss.is_whole}
    kept = [each.tidied for each in asked if each.id not in left]
    read = list(read_aiken(written.data).questions())
    assert [(q.stem, [(c.text, c.is_correct) for c in q.choices]) for q in read] == [
        (q.stem, [(c.text, c.is_correct) for c in q.choices]) for q in kept
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Who?\nA) bee\nB) ant\n", "no line “ANSWER: ” ends it"),
        ("Who?\nA) bee\nB) ant\nWhere?\nA) here\nB) there\nANSWER: A\n", "no line “ANSWER: ”"),
        ("Who?\nA) bee\nC) ant\nANSWER: A\n", "its choices are not lettered A, B, C"),
        ("Who?\nA) bee\nB) ant\nANSWER: C\n", "its answer “C” is not the letter of a choice"),
        ("Who?\nA) bee\nB) ant\nANSWER: A\0\n", ""),
        ("A) bee\nB) ant\nANSWER: A\n", "its choices are not lettered A, B, C"),
    ],
)
def test_a_fault_of_aiken_is_named(text: str, reason: str) -> None:
    first = read_aiken(text.encode()).entries[0]
    assert first.line == 1
    assert first.reason.startswith(reason)
    assert (first.question is None) == bool(reason)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("riddle,Who?,", "its kind “riddle” is not known: single, multiple"),
        ("single,,", "it asks nothing: its stem is empty"),
        ("single,Who?,perhaps", "“perhaps” below “right 1” is neither yes nor no"),
        ("single,Who?,yes,more", "it has more cells than columns"),
    ],
)
def test_a_fault_of_a_row_is_named_with_its_line(row: str, reason: str) -> None:
    table = f'kind,stem,right 1\r\ntrue_false,"Two\nlines?",yes\r\n{row}\r\n'
    _, entry = read_csv(table.encode()).entries
    assert (entry.line, entry.question) == (4, None)
    assert entry.reason.startswith(reason)


def test_spreadsheets_that_part_cells_otherwise_are_read_too() -> None:
    for separator in ",;\t":
        table = f"kind{separator}stem{separator}accepted 1\ntyped{separator}Who?{separator}bee\n"
        (question,) = read_csv(table.encode()).questions()
        assert (question.stem, question.accepted) == ("Who?", ("bee",))
