"""The outline: each shape of note keeps its structure, and what is no content is left out."""

import pytest

from apps.extraction.documents import Reason, ShapeKind
from apps.extraction.lines import split_lines
from apps.extraction.outline.flat import Bracket, find_brackets
from apps.extraction.shape import measure
from tests.extraction.asking import answer_to, asked, drawn_from, path_of, source_of
from tests.extraction.notes import FLAT, INDENTED, MARKDOWN, SHAPES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("heart.md", ShapeKind.MARKDOWN),
        ("soil.txt", ShapeKind.INDENTED),
        ("bees.txt", ShapeKind.FLAT),
        ("earth.txt", ShapeKind.MARKERS),
    ],
)
def test_each_shape_is_told_from_the_others(name: str, kind: ShapeKind) -> None:
    source = source_of(SHAPES[name], name)
    assert measure(source, split_lines(source)).kind is kind


def test_headings_become_topics_at_their_line() -> None:
    extraction = drawn_from(MARKDOWN, "heart.md")
    found = [(path_of(extraction, topic.id), topic.line) for topic in extraction.topics]
    assert found == [(("Heart",), 1), (("Heart", "Chambers"), 3), (("Heart", "Beat"), 10)]


def test_a_generic_heading_stays_below_the_one_it_belongs_to() -> None:
    extraction = drawn_from(INDENTED, "soil.txt")
    paths = [path_of(extraction, topic.id) for topic in extraction.topics]
    assert ("Soil", "Limits") in paths
    assert ("Glaciers", "Description") in paths


def test_a_pronoun_is_replaced_by_what_it_stands_for() -> None:
    extraction = drawn_from(INDENTED, "soil.txt")
    assert answer_to(extraction, "Glaciers move at most") == "30 m"
    assert any("Soil" in item.prompt and "minerals" in item.answer for item in asked(extraction))


def test_a_list_that_lost_its_indents_is_put_together_by_its_echo() -> None:
    items = asked(drawn_from(FLAT, "bees.txt"))
    (queen,) = [item for item in items if item.answer == "5 years"]
    (worker,) = [item for item in items if item.answer == "6 weeks"]
    assert "Queen" in queen.prompt
    assert "Worker" in worker.prompt


def test_an_echo_is_told_from_an_accidental_repeat() -> None:
    assert find_brackets(["a", "b", "c", "d", "b", "e"]) == [Bracket(1, 4)]
    assert find_brackets(["a", "b", "b", "c"]) == []
    assert find_brackets(["a", "b", "c"]) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("  • For more details", Reason.LINK),
        ("  • https://example.org/page", Reason.LINK),
        ("  • E.g., a pot of basil on the sill", Reason.EXAMPLE),
        ("  • Remember the watering can", Reason.ADVICE),
        ("  • Nitrogen share: ?", Reason.UNANSWERED),
        ("Leave a Reply", Reason.CHROME),
        ("------", Reason.RULE),
    ],
)
def test_lines_that_teach_nothing_are_set_aside_with_their_reason(
    line: str, reason: Reason
) -> None:
    text = f"Garden\n\nPlants\n  • They need light and water\n{line}\n"
    extraction = drawn_from(text)
    assert [record.reason for record in extraction.records][-1] is reason


def test_code_in_a_markdown_note_is_no_fact() -> None:
    extraction = drawn_from(MARKDOWN, "heart.md")
    code = [record.reason for record in extraction.records if record.line in (20, 21, 22)]
    assert code == [Reason.CODE] * 3


def test_a_table_row_asks_for_its_cells() -> None:
    text = (
        "# Planets\n\n| Planet | Moons |\n| --- | --- |\n| Earth | 1 moon |\n| Mars | 2 moons |\n"
    )
    answers = {item.prompt: item.answer for item in asked(drawn_from(text, "sky.md"))}
    assert answers["Earth: Moons: ___"] == "1 moon"
    assert answers["Mars: Moons: ___"] == "2 moons"


def test_damaged_characters_never_reach_a_card() -> None:
    garbled = "tide’s pull".encode().decode("cp1252").replace("â€™", "โ€™")
    extraction = drawn_from(f"# Moon\n\n- The moon gives the {garbled} its rhythm of 12 hours\n")
    assert all("โ" not in item.prompt + item.answer for item in asked(extraction))


SCANNED = """KNOTS

Bends
o sheet bend: joins ropes of unequal thickness
° carrick bend - for heavy hawsers
. reef bend ~ slips under load
» fisherman's bend: for an anchor ring

Whipping
# Common: twine turned round the end
# Sailmaker's: twine sewn through the strands
"""


def test_the_marks_of_a_scan_are_bullets_and_a_term_behind_a_hash_is_no_heading() -> None:
    source = source_of(SCANNED, "knots.txt")
    lines = split_lines(source)
    assert measure(source, lines).kind is not ShapeKind.MARKDOWN
    assert all(line.marker for line in lines if line.no in range(4, 8))
    titles = {topic.title for topic in drawn_from(SCANNED, "knots.txt").topics}
    assert {"Bends", "Whipping"} <= titles
    assert not any("twine" in title for title in titles)


def test_a_note_goes_on_below_what_often_ends_a_page() -> None:
    text = (
        "# Tides\n\n- Spring tides come every two weeks\n- Neap tides are the smallest\n\n"
        "Share this on your favourite network\n\n## Currents\n\n- An ebb runs for six hours\n"
    )
    assert any("six" in item.answer for item in asked(drawn_from(text, "tides.txt")))
