"""Facts that cannot both be true: told with both places, never merged, never asked with choices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.documents import ConflictKind
from tests.extraction.asking import drawn_from, facts_of

GATE = """# Gate

- The old gate opens for 5 seconds each time
- The bell rings twice

## Limits

- The old gate opens for 9 seconds each time
- Maximum load: 300 kg

## Numbers

- Maximum load: 250 kg
"""


def test_another_number_for_the_same_thing_is_a_conflict_with_both_lines() -> None:
    found = drawn_from(GATE, "gate.md").conflicts
    places = [[span.first for spans in conflict.spans for span in spans] for conflict in found]
    assert [3, 8] in places
    assert [9, 13] in places
    assert all(conflict.kind is ConflictKind.VALUE for conflict in found)
    assert any("5 seconds" in text for conflict in found for text in conflict.texts)


def test_a_disputed_fact_is_less_sure_and_has_no_choice_question() -> None:
    agreed, disputed = (
        drawn_from(GATE.replace("9 seconds", "5 seconds"), "gate.md"),
        drawn_from(GATE, "gate.md"),
    )
    lines = {
        no for c in disputed.conflicts for spans in c.spans for s in spans for no in (s.first,)
    }
    for question in disputed.questions:
        assert not (question.choices and {span.first for span in question.spans} & lines)
    before = max(card.certainty for card in agreed.cards if "old gate" in card.front)
    after = max(card.certainty for card in disputed.cards if "old gate" in card.front)
    assert after < before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The side door can be locked by a key", "The side door can NOT be locked by a key"),
        ("The lamp supports dimming at night", "The lamp does not support dimming at night"),
        ("The fan is enabled in winter", "The fan is disabled in winter"),
        ("It joins the Upper Basin (UB) by a pipe", "It doesn't join the UB by a pipe"),
    ],
)
def test_the_opposite_of_a_sentence_is_a_conflict_and_never_the_same_fact(
    one: str, other: str
) -> None:
    text = f"# House\n\n- {one.replace(' (UB)', '')}\n- Green paint covers the wall\n- {other}\n"
    assert len(facts_of(text, "house.md")) == 3
    (conflict,) = drawn_from(text, "house.md").conflicts
    assert conflict.kind is ConflictKind.POLARITY
    assert [[span.first for span in spans] for spans in conflict.spans] == [[3], [5]]


@pytest.mark.parametrize(
    "lines",
    [
        ("The side gate closes after 15 min", "The side gate closes after 900 s"),
        ("Stage 1 lasts 5 days in spring", "Stage 2 lasts 5 days in spring"),
        ("The gate weighs 20 kg", "The fence weighs 25 kg"),
        ("The gate is painted red", "The gate is not painted blue"),
    ],
)
def test_facts_that_agree_or_speak_of_other_things_are_no_conflict(lines: tuple[str, str]) -> None:
    text = "# Garden\n\n" + "".join(f"- {line}\n" for line in lines)
    assert drawn_from(text, "garden.md").conflicts == ()


def test_an_equal_amount_in_another_unit_is_the_same_fact_with_both_lines() -> None:
    text = "# Gate\n\n- The side gate closes after 15 min\n- The side gate closes after 900 s\n"
    (fact,) = facts_of(text, "gate.md")
    assert [span.first for span in fact.spans] == [3, 4]


@pytest.mark.parametrize("title", ["Harbour", "Limits"])
def test_the_same_words_under_two_things_are_no_conflict(title: str) -> None:
    text = f"# {title}\n\nNorth pier\n\n- Depth: 5 m\n\nSouth pier\n\n- Depth: 9 m\n"
    assert (
        drawn_from(text.replace("North", "## North").replace("South", "## South"), "h.md").conflicts
        == ()
    )


@given(st.integers(1, 500), st.integers(1, 500))
def test_two_numbers_conflict_exactly_when_they_differ(one: int, other: int) -> None:
    text = f"# Tank\n\n- The tank holds {one} kg of sand\n- The tank holds {other} kg of sand\n"
    assert bool(drawn_from(text, "tank.md").conflicts) is (one != other)
