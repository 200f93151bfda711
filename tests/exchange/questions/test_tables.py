"""CSV and Aiken: out and in again, and what they say of faults."""

import csv
import io

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
