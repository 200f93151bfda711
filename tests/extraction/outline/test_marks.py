"""Marks and Markdown: what hangs on what, and what a term, an answer or a command is."""

import pytest

from tests.extraction.asking import answer_to, asked, drawn_from, path_of

MARKS = """RIVERS

* Course

→ Upper course = steep and narrow
   - erosion is vertical
→ Lower course = wide and slow
   - deposition builds a delta within 900 years
   ↳ silt settles first

* Parts

Source → Tributary → Mouth
"""

PAIRS = """# Sailing

**Halyard** Rope that hoists a sail

Q: Which side of a boat is port?
A: The left side

- Print the tide table for today
  ```
  tides --today
  ```

[Back to the index](index.md)

- [x] The keel weighs 400 kg
"""


def test_a_mark_behind_an_indent_hangs_on_the_line_above() -> None:
    found = [item for item in asked(drawn_from(MARKS)) if "900 years" in item.answer]
    assert found
    assert all("Lower course" in item.prompt for item in found)


def test_a_short_name_behind_a_star_is_a_topic() -> None:
    extraction = drawn_from(MARKS)
    paths = [path_of(extraction, topic.id) for topic in extraction.topics]
    assert ("RIVERS", "Parts") in paths


def test_arrows_in_a_row_are_an_order() -> None:
    answers = [item.answer for item in asked(drawn_from(MARKS)) if "Parts" in item.path]
    assert "Source\nTributary\nMouth" in answers


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("Which side of a boat is port?",), "The left side"),
        (("Print the tide table for today",), "tides --today"),
        (("keel",), "400 kg"),
    ],
)
def test_pairs_and_tasks_are_asked_as_the_note_gives_them(
    words: tuple[str, ...], answer: str
) -> None:
    assert answer_to(drawn_from(PAIRS, "sailing.md"), *words) == answer


def test_a_bold_term_right_before_its_meaning_is_defined_by_it() -> None:
    sides = [f"{i.prompt} {i.answer}" for i in asked(drawn_from(PAIRS, "sailing.md"))]
    assert any("Halyard" in side and "hoists a sail" in side for side in sides)


def test_a_paragraph_that_is_only_a_link_makes_no_card() -> None:
    assert not [i for i in asked(drawn_from(PAIRS, "sailing.md")) if "index" in i.prompt.lower()]


def test_traces_of_typesetting_never_reach_a_card() -> None:
    text = "# Ice\n\n- Water below 0 °C \\rightarrow ice that floats on the sea\n"
    assert all("rightarrow" not in i.prompt + i.answer for i in asked(drawn_from(text, "ice.md")))


def test_a_drawing_s_few_words_do_not_hide_what_stands_below_them() -> None:
    text = f"{MARKS}\n* Mouths\n\n seen from above\n\n- Delta → many arms\n"
    assert answer_to(drawn_from(text), "Delta") == "many arms"


def test_below_a_bare_name_a_hardly_indented_list_tells_of_it() -> None:
    boats = "→ boats\n\n- Dredger\n - lifts 40 tonnes of mud\n- Tug\n - pulls 90 tonnes\n"
    extraction = drawn_from(f"{MARKS}\n* Tools\n\n{boats}")
    assert answer_to(extraction, "Dredger", "mud") == "40 tonnes"
    assert answer_to(extraction, "Tug", "pulls") == "90 tonnes"


def test_an_amount_with_its_bound_is_no_topic() -> None:
    text = f"{MARKS}\n* Boats\n\nchoose a hull\n\nMast (max 30 m)\n\n- carries 2 sails\n"
    extraction = drawn_from(text)
    titles = [path_of(extraction, topic.id)[-1] for topic in extraction.topics]
    assert "Mast (max 30 m)" not in titles


def test_a_number_behind_a_bullet_counts_and_is_no_answer() -> None:
    steps = "  • 1- Gates close in 4 minutes\n  • 2- Sluices open in 9 minutes\n"
    text = f"Locks\n\n• Order of work:\n{steps}"
    prompts = {item.prompt for item in asked(drawn_from(text))}
    assert prompts == {
        "Order of work: Gates close in ___",
        "Order of work: Sluices open in ___",
    }
