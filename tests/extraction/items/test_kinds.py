"""Every kind of card and question, each from a note that asks for it."""

from collections import Counter

import pytest

from apps.extraction.documents import CardDraft, CardKind, QuestionDraft, QuestionKind
from tests.extraction.asking import asked, drawn_from

VITAMINS = """# Vitamins

- **Retinol**: orange pigment stored in liver and carrots
- **Thiamine**: helper of sugar burning lost by polishing rice
- **Ascorbate**: builder of collagen found in citrus fruit
- **Calciferol**: hormone made by skin under bright sunlight
"""
FIREWALLS = """# Firewalls

## Packet filter

- It is stateless
- **Rule limit**: 20 rules

## Session filter

- It is stateful
- **Rule limit**: 60 rules
"""
TREATY = """# Making a treaty

Stages of a treaty:

1. Negotiate the draft text
2. Sign the agreed text
3. Ratify it at home
4. Deposit the document

The treaty is kept by the International Law Commission (ILC) of the assembly.
"""
GOVERNMENT = """# Government

Branches of the state:

- Legislature
- Executive
- Judiciary

# Courts

Levels of the courts:

- District court
- Appeal court
- Supreme court
"""


def cards_of(text: str, kind: CardKind) -> list[CardDraft]:
    return [card for card in drawn_from(text, "note.md").cards if card.kind is kind]


def questions_of(text: str, kind: QuestionKind) -> list[QuestionDraft]:
    return [each for each in drawn_from(text, "note.md").questions if each.kind is kind]


def test_a_meaning_that_fits_one_term_is_asked_both_ways() -> None:
    meaning = "builder of collagen found in citrus fruit"
    asked_back = {card.front: card.back for card in cards_of(VITAMINS, CardKind.BASIC)}
    assert asked_back[f"Vitamins: which term is meant by “{meaning}”?"] == "Ascorbate"
    fronts = {card.front: card.back for card in cards_of(VITAMINS, CardKind.DEFINITION)}
    assert fronts["Vitamins: what is meant by “Ascorbate”?"] == meaning


def test_a_meaning_that_fits_two_terms_is_asked_one_way_only() -> None:
    text = VITAMINS + "- **Citrate**: builder of collagen found in citrus peel\n"
    backs = {card.back for card in cards_of(text, CardKind.BASIC)}
    assert backs == {"Retinol", "Thiamine", "Calciferol"}


def test_a_value_two_things_share_never_leads_back_to_one_of_them() -> None:
    text = "# Disks\n\n- **Fast disk**: 250 MiB/s at most\n- **Cold disk**: 250 MiB/s at most\n"
    assert cards_of(text, CardKind.BASIC) == []


def test_siblings_with_the_same_attribute_are_compared() -> None:
    cards = {card.front: card.back for card in cards_of(FIREWALLS, CardKind.COMPARISON)}
    assert cards["Rule limit: Packet filter compared with Session filter?"] == (
        "Packet filter: 20 rules\nSession filter: 60 rules"
    )


def test_siblings_that_are_each_others_contrary_are_told_apart() -> None:
    cards = {card.front: card.back for card in cards_of(FIREWALLS, CardKind.COMPARISON)}
    front = "Packet filter and Session filter: which is stateless, which is stateful?"
    assert cards[front] == "Packet filter: stateless\nSession filter: stateful"


def test_the_contrary_of_a_sibling_makes_a_statement_to_judge() -> None:
    judged = questions_of(FIREWALLS, QuestionKind.TRUE_FALSE)
    poles = [each for each in judged if "state" in each.stem]
    assert poles
    for question in poles:
        (right,) = [choice.text for choice in question.choices if choice.correct]
        said = question.stem.removeprefix("Right or wrong? ")
        assert (right == "True") == (said == question.explanation)


def test_an_abbreviation_spelt_out_in_passing_is_asked_for_once() -> None:
    text = TREATY + "\nThe International Law Commission (ILC) meets every summer.\n"
    (card,) = cards_of(text, CardKind.ACRONYM)
    assert card.front == "What does “ILC” stand for?"
    assert card.back == "International Law Commission"


def test_steps_are_asked_as_a_whole_and_by_what_comes_after() -> None:
    (whole,) = cards_of(TREATY, CardKind.STEPS)
    assert whole.items[0] == "Negotiate the draft text"
    assert len(whole.items) == 4
    (after,) = [card for card in cards_of(TREATY, CardKind.CLOZE) if "in order" in card.front]
    assert "Negotiate the draft text → {{c1::Sign the agreed text::" in after.front


def test_steps_are_put_in_order() -> None:
    (question,) = questions_of(TREATY, QuestionKind.ORDER)
    assert question.accepted[0] == "Negotiate the draft text"
    assert question.accepted[-1] == "Deposit the document"
    assert question.choices == ()


def test_a_list_is_asked_by_which_of_several_belong_to_it() -> None:
    questions = questions_of(GOVERNMENT, QuestionKind.MULTIPLE)
    (question,) = [each for each in questions if "Branches" in each.stem]
    right = {choice.text for choice in question.choices if choice.correct}
    wrong = {choice.text for choice in question.choices if not choice.correct}
    assert "TWO" in question.stem
    assert len(right) == 2
    assert right < {"Legislature", "Executive", "Judiciary"}
    assert wrong <= {"District court", "Appeal court", "Supreme court"}
    assert len(wrong) >= 2


def test_terms_are_matched_with_their_meanings() -> None:
    (question,) = questions_of(VITAMINS, QuestionKind.MATCH)
    pairs = {choice.text: choice.why for choice in question.choices}
    assert pairs["Retinol"] == "orange pigment stored in liver and carrots"
    assert 3 <= len(pairs) <= 5
    assert {(span.first, span.last) for span in question.spans} <= {(n, n) for n in range(3, 7)}


def test_an_abbreviation_is_typed_for_its_long_form() -> None:
    text = "# Nets\n\n- MTU: Maximum Transmission Unit\n"
    (question,) = questions_of(text, QuestionKind.TYPED)
    assert question.accepted == ("Maximum Transmission Unit",)
    assert question.stem == "What does “MTU” stand for?"


def test_the_command_of_a_task_is_asked_for_and_typed() -> None:
    text = "# Packets\n\n- Show the routes of this host:\n\n  ```\n  ip route show\n  ```\n"
    (question,) = questions_of(text, QuestionKind.TYPED)
    assert question.accepted == ("ip route show",)
    assert "Show the routes of this host" in question.stem
    (card,) = cards_of(text, CardKind.BASIC)
    assert card.back == "ip route show"


@pytest.mark.parametrize("text", [VITAMINS, FIREWALLS, TREATY, GOVERNMENT])
def test_every_question_tells_why_and_where(text: str) -> None:
    for question in drawn_from(text, "note.md").questions:
        assert question.explanation
        assert question.spans


@pytest.mark.parametrize("text", [VITAMINS, FIREWALLS, TREATY, GOVERNMENT])
def test_no_fact_has_more_than_two_cards_about_it(text: str) -> None:
    counts = Counter(
        item.card.spans
        for item in asked(drawn_from(text, "note.md"))
        if item.card.kind is not CardKind.COMPARISON
    )
    assert max(counts.values()) <= 2
