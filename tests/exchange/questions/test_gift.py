"""GIFT: what is written reads back the same, whatever its words; strangers' files are taken too."""

from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.documents import Question
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
