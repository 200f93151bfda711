"""Lists: what a learner is asked to name, and in which order."""

from apps.extraction.documents import CardKind
from tests.extraction.asking import asked, drawn_from


def prompts(note: str, kind: CardKind = CardKind.LIST) -> list[str]:
    return [item.prompt for item in asked(drawn_from(note, "n.md")) if item.card.kind is kind]


def test_only_a_list_that_says_so_is_called_the_whole() -> None:
    whole = "# Heart\n\nThree layers of the wall:\n\n- Endocardium\n- Myocardium\n- Epicardium\n"
    some = "# Heart\n\nSymptoms of failure:\n\n- Swollen ankles\n- Short breath\n- Tiredness\n"
    assert any(prompt.endswith("name the 3.") for prompt in prompts(whole))
    assert any(prompt.endswith("name 3.") for prompt in prompts(some))
    assert not any("name the" in prompt for prompt in prompts(some))


def test_numbered_reasons_are_no_steps() -> None:
    note = "# Pumps\n\nReasons to use a pump:\n\n1. Reduce cost\n2. Improve speed\n3. Save energy\n"
    assert prompts(note, CardKind.STEPS) == []
    assert prompts(note) != []


def test_numbered_orders_are_steps() -> None:
    note = "# Tea\n\nHow to brew tea:\n\n1. Boil the water\n2. Add the leaves\n3. Wait a while\n"
    assert prompts(note, CardKind.STEPS) != []


def test_the_attributes_of_a_thing_are_no_list_to_learn() -> None:
    note = "# Disk\n\n- Limits:\n  - Max size: 4 GB\n  - Max price: 5 $\n  - Max weight: 3 kg\n"
    assert prompts(note) == []


def test_a_list_whose_items_stand_in_its_opener_is_not_asked_for() -> None:
    note = "# Rules\n\n- Inline vs. shared rules:\n  - Inline rule\n  - Shared rule\n"
    assert not any("Inline vs. shared" in prompt for prompt in prompts(note))


def test_nobody_is_asked_to_name_some_of_a_list_without_being_told_which() -> None:
    note = (
        "# Digoxin\n\n- Symptoms\n  - nausea and yellow vision\n  - loss of appetite\n"
        "  - it gets worse when potassium is low\n"
    )
    assert not any("name" in prompt for prompt in prompts(note))


def test_questions_with_answers_are_asked_as_they_stand() -> None:
    note = (
        "# Cells\n\nQ: What is the powerhouse of the cell? A: The mitochondrion\n\n"
        "**Q:** How many chromosomes does a human have?\n**A:** 46\n\n"
        "Q1. Who discovered penicillin first?\nA1. Alexander Fleming\n"
    )
    found = {item.answer for item in asked(drawn_from(note, "n.md"))}
    assert {"The mitochondrion", "46", "Alexander Fleming"} <= found
