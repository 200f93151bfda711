"""Lines broken by hand: read as the sentences they are, cited by the lines they stand on."""

from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.documents import ShapeKind
from apps.extraction.lines import split_lines
from apps.extraction.outline.wraps import unwrapped
from apps.extraction.shape import measure
from tests.extraction.asking import answer_to, asked, drawn_from, source_of

WRAPPED = """Tides

The tide at most coasts rises and falls twice a day because the water
bulges below the moon and on the far side. Spring tides come at new and
full moon, and neap tides come at the quarters.

The Bay of Fundy has the greatest tidal range on Earth, which reaches
16 m. A tide table lists the hours of high water; its accuracy is
5 min in calm weather. Engineers measure the flow with a ther-
mistor string that is lowered from a boat anchored in the channel of
the bay.
"""


def _lines(text: str) -> list[str]:
    lines = split_lines(source_of(text, "tides.txt"))
    written = [line for line in lines if line.raw.strip()]
    shape = measure(source_of(text, "tides.txt"), lines)
    return [line.clean for line in unwrapped(written, shape.width)]


def test_a_note_of_broken_lines_is_told_by_their_even_length() -> None:
    source = source_of(WRAPPED, "tides.txt")
    shape = measure(source, split_lines(source))
    assert shape.kind is ShapeKind.WRAPPED
    assert 60 <= shape.width <= 72


def test_a_heading_stays_a_line_of_its_own_and_paragraphs_become_whole() -> None:
    joined = _lines(WRAPPED)
    assert len(joined) == 3
    assert joined[0] == "Tides"
    assert joined[1].endswith("neap tides come at the quarters.")


def test_a_word_parted_at_the_margin_is_put_together() -> None:
    assert "thermistor string" in _lines(WRAPPED)[2]


def test_a_sentence_is_cited_by_its_own_lines_only() -> None:
    (item,) = [item for item in asked(drawn_from(WRAPPED, "tides.txt")) if "16 m" in item.answer]
    assert [(span.first, span.last) for span in item.card.spans] == [(7, 8)]


def test_what_a_sentence_says_of_the_one_before_is_asked_of_that() -> None:
    assert answer_to(drawn_from(WRAPPED, "tides.txt"), "tide table", "accuracy").startswith("5 min")


@given(st.lists(st.text(alphabet="ab cdé.-", max_size=90), max_size=30), st.integers(0, 90))
def test_undoing_wraps_loses_no_line_and_keeps_their_order(rows: list[str], width: int) -> None:
    lines = split_lines(source_of("\n".join(rows), "any.txt"))
    joined = unwrapped(lines, width)
    covered = [no for line in joined for no in range(line.span.first, line.span.last + 1)]
    assert covered == [line.no for line in lines]
