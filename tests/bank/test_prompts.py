"""In how many ways a card is asked, and what each way shows."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bank.models import CardKind
from apps.bank.prompts import gap_numbers, prompts_of


@dataclass
class Words:
    kind: str
    front: str
    back: str = ""
    items: list[str] = field(default_factory=list)


# Text that holds no part of a gap's own marks.
PLAIN = st.text(st.characters(exclude_characters="{}:", exclude_categories=["Cs"]), min_size=1)
GAPS = st.lists(st.tuples(PLAIN, st.integers(1, 99), PLAIN), min_size=1, max_size=8)


def marked(gaps: list[tuple[str, int, str]]) -> str:
    return "".join(f"{before}{{{{c{number}::{hidden}}}}}" for before, number, hidden in gaps)


@given(GAPS)
def test_each_gap_number_is_asked_once_under_ankis_ordinal(
    gaps: list[tuple[str, int, str]],
) -> None:
    prompts = prompts_of(Words(CardKind.CLOZE, marked(gaps)))
    assert [prompt.ordinal + 1 for prompt in prompts] == sorted({number for _, number, _ in gaps})


@given(GAPS)
def test_the_answer_of_a_gap_card_is_the_whole_sentence_without_marks(
    gaps: list[tuple[str, int, str]],
) -> None:
    whole = "".join(before + hidden for before, _, hidden in gaps)
    for prompt in prompts_of(Words(CardKind.CLOZE, marked(gaps))):
        assert prompt.answer == whole


@given(GAPS)
def test_a_gap_card_hides_the_gaps_of_one_number_and_fills_the_others(
    gaps: list[tuple[str, int, str]],
) -> None:
    for prompt in prompts_of(Words(CardKind.CLOZE, marked(gaps))):
        expected = "".join(
            before + ("[…]" if number == prompt.ordinal + 1 else hidden)
            for before, number, hidden in gaps
        )
        assert prompt.question == expected


@given(st.text())
def test_any_text_at_all_can_be_looked_at_for_gaps(text: str) -> None:
    numbers = gap_numbers(text)
    assert numbers == sorted(set(numbers))
    assert len(prompts_of(Words(CardKind.CLOZE, text))) == len(numbers)


def test_a_hint_stands_in_the_gap() -> None:
    [prompt] = prompts_of(Words(CardKind.CLOZE, "The {{c1::heart::an organ}} pumps."))
    assert prompt.question == "The [an organ] pumps."
    assert prompt.answer == "The heart pumps."


def test_what_a_gap_card_says_on_its_back_follows_the_sentence() -> None:
    [prompt] = prompts_of(Words(CardKind.CLOZE, "The {{c1::heart}} pumps.", "It has four rooms."))
    assert prompt.answer == "The heart pumps.\nIt has four rooms."


def test_a_reversed_card_is_asked_in_both_directions() -> None:
    there, back = prompts_of(Words(CardKind.REVERSED, "os", "bone"))
    assert (there.question, there.answer) == ("os", "bone")
    assert (back.question, back.answer) == ("bone", "os")
    assert (there.ordinal, back.ordinal) == (0, 1)


@pytest.mark.parametrize("kind", [CardKind.LIST, CardKind.STEPS])
def test_a_list_is_asked_once_and_answered_item_by_item(kind: CardKind) -> None:
    [prompt] = prompts_of(Words(kind, "Name the cells.", items=["red", "white"]))
    assert prompt.items == ("red", "white")


@pytest.mark.parametrize(
    "kind", [CardKind.BASIC, CardKind.DEFINITION, CardKind.COMPARISON, CardKind.ACRONYM]
)
def test_a_plain_card_is_asked_once(kind: CardKind) -> None:
    [prompt] = prompts_of(Words(kind, "What is it?", "A bone."))
    assert (prompt.ordinal, prompt.question, prompt.answer) == (0, "What is it?", "A bone.")
