"""Notes without bullets or heading marks: their indents and numbers show what belongs where."""

import pytest

from apps.extraction.documents import Reason
from tests.extraction.asking import answer_to, asked, drawn_from, path_of

INDENTS = """Cheese
  Hard
    Gruyere
      aged for at least 5 months
      made from cow's milk
    Pecorino
      made from sheep's milk
  Soft
    Brie
      ripens from the outside
      holds about 45 % fat
"""

NUMBERED = """The law of gardens
§ 1 Fences
I. Height
• A fence may be at most 2 m high (§ 7)
II. Distance
• A hedge stands at least 50 cm from the boundary
§ 2 Trees
I. Fruit
• Fallen fruit belongs to the owner of the ground it lies on
12
"""


def test_indents_alone_make_topics_and_what_they_hold() -> None:
    extraction = drawn_from(INDENTS, "cheese.txt")
    paths = [path_of(extraction, topic.id) for topic in extraction.topics]
    assert ("Cheese", "Hard") in paths
    assert ("Cheese", "Soft") in paths


def test_a_line_deeper_down_is_asked_of_the_thing_above_it() -> None:
    extraction = drawn_from(INDENTS, "cheese.txt")
    assert answer_to(extraction, "Gruyere", "aged") == "5 months"
    assert answer_to(extraction, "Brie", "fat").startswith("45 %")


def test_numbers_of_headings_nest_in_the_order_they_first_appear() -> None:
    extraction = drawn_from(NUMBERED, "gardens.txt")
    paths = [path_of(extraction, topic.id) for topic in extraction.topics]
    top = "The law of gardens"
    assert (top, "§ 1 Fences", "Distance") in paths
    assert (top, "§ 2 Trees", "Fruit") in paths


def test_the_number_of_a_paragraph_of_law_is_no_amount() -> None:
    answers = [item.answer for item in asked(drawn_from(NUMBERED, "gardens.txt"))]
    assert "2 m" in answers
    assert "7" not in answers


def test_a_page_number_between_two_pages_is_left_out() -> None:
    extraction = drawn_from(NUMBERED, "gardens.txt")
    assert [record.reason for record in extraction.records][-1] is Reason.CHROME


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "Rome\nLecture 4, ancient history\n\nRome was founded in 753 BC.\nIt lies inland.\n",
            2,
        ),
        (
            "Rome\nProf. A. Silva, spring 2021\nRome was founded in 753 BC.\nIt lies on a river.\n",
            2,
        ),
    ],
)
def test_who_gave_the_lecture_and_when_is_no_topic(text: str, lead: int) -> None:
    extraction = drawn_from(text, "rome.txt")
    assert lead not in {topic.line for topic in extraction.topics}
    assert extraction.records[lead - 1].reason is Reason.CHROME
