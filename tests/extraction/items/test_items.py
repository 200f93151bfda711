"""Cards and questions: what a learner is asked is clear, and no wrong choice is true."""

import pytest

from apps.bank.prompts import cloze_prompt
from apps.extraction.documents import CardKind, QuestionKind
from apps.extraction.items.prompts import definition_prompt
from apps.extraction.quantities import find_quantities
from tests.extraction.asking import answer_to, asked, drawn_from
from tests.extraction.notes import MARKDOWN

STONES = """# Stones

- **Quartz**: Crystal built from silicon and oxygen
- **Marble**: Limestone changed by heat deep below ground
- **Slate**: Clay pressed into thin dark sheets
- **Basalt**: Lava cooled quickly on the sea floor
"""
TIMES = """# Cooking

## Eggs

- **Boiling time**: 6 minutes

## Rice

- **Boiling time**: 12 minutes

## Beans

- **Boiling time**: 90 minutes
"""


def test_a_term_is_asked_for_its_meaning() -> None:
    extraction = drawn_from(MARKDOWN, "heart.md")
    assert answer_to(extraction, "Left ventricle: what does it do?") == (
        "Pumps oxygen-rich blood into the aorta"
    )


def test_a_number_is_asked_for_with_its_unit() -> None:
    assert answer_to(drawn_from(MARKDOWN, "heart.md"), "refractory period") == "250 ms"


def test_a_list_is_asked_for_as_a_whole() -> None:
    found = [card for card in drawn_from(MARKDOWN, "heart.md").cards if "Valves" in card.front]
    card, by_item = found
    assert card.kind is CardKind.LIST
    assert by_item.kind is CardKind.CLOZE
    assert cloze_prompt(by_item.front, 2)[0].endswith("Mitral valve; [T… v…]")
    assert card.items == ("Mitral valve", "Tricuspid valve")
    assert card.back == "Mitral valve\nTricuspid valve"
    assert [(span.first, span.last) for span in card.spans] == [(16, 16), (17, 17), (18, 18)]


def test_sibling_terms_are_each_others_wrong_choices() -> None:
    drawn = drawn_from(STONES, "stones.md").questions
    questions = [question for question in drawn if question.kind is QuestionKind.SINGLE]
    assert questions
    for question in questions:
        right = [choice.text for choice in question.choices if choice.correct]
        assert len(right) == 1
        assert len(question.choices) == 4
        assert right[0] not in question.stem
        assert all(choice.why for choice in question.choices)


def test_a_meaning_two_terms_share_is_no_question() -> None:
    text = STONES + "- **Lava rock**: Lava cooled quickly on the ocean floor\n"
    questions = drawn_from(text, "stones.md").questions
    assert not any("Lava cooled" in question.stem for question in questions)
    (match,) = [question for question in questions if question.kind is QuestionKind.MATCH]
    assert not {"Basalt", "Lava rock"} <= {choice.text for choice in match.choices}


def test_numbers_of_the_same_kind_are_each_others_wrong_choices_in_order_of_size() -> None:
    (question,) = [
        question
        for question in drawn_from(TIMES, "cooking.md").questions
        if "Eggs" in question.stem
    ]
    assert [choice.text for choice in question.choices] == ["6 minutes", "12 minutes", "90 minutes"]
    assert [choice.correct for choice in question.choices] == [True, False, False]


def test_a_number_without_company_is_typed_in_any_unit() -> None:
    text = "# Tea\n\n- Black tea steeps for 5 minutes\n"
    (question,) = drawn_from(text, "tea.md").questions
    assert question.kind is QuestionKind.NUMERIC
    assert {"5 minutes", "300 seconds"} <= set(question.accepted)


def test_an_attribute_with_two_values_is_asked_by_no_question() -> None:
    text = TIMES + "\n## Eggs\n\n- **Boiling time**: 9 minutes\n"
    stems = [question.stem for question in drawn_from(text, "cooking.md").questions]
    assert not any("Eggs" in stem for stem in stems)


def test_no_answer_stands_in_its_own_prompt() -> None:
    text = "# Glue\n\n- **Glue**: Glue\n- Glue holds glue together with glue\n"
    for item in asked(drawn_from(text, "glue.md")):
        assert item.answer.lower() not in item.prompt.lower()


def test_three_things_said_with_the_same_words_become_one_list() -> None:
    text = "# Rain\n\n- Heavy rain brings cold water\n- Heavy rain brings deep mud\n"
    (card,) = drawn_from(text, "rain.md").cards
    assert card.kind is CardKind.LIST
    assert card.items == ("cold water", "deep mud")


@pytest.mark.parametrize(
    ("term", "meaning", "ask", "answer"),
    [
        ("Kidneys", "Filter the blood", "Kidneys: what do they do?", "Filter the blood"),
        ("Left ear", "Hears sound", "Left ear: what does it do?", "Hears sound"),
        ("Osmosis", "means movement of water", "What does “Osmosis” mean?", "movement of water"),
        ("Cork", "used for stoppers", "Cork: used for what?", "stoppers"),
        ("Lye", "used to make soap", "Lye: used to do what?", "make soap"),
        ("Gold", "a soft yellow metal", "What is meant by “Gold”?", "a soft yellow metal"),
        ("May 1968", "strikes in Paris", "May 1968: what happened?", "strikes in Paris"),
        ("Ports", "Web, Mail and File", "Ports: which ones?", "Web, Mail and File"),
    ],
)
def test_a_definition_is_asked_for_in_fitting_words(
    term: str, meaning: str, ask: str, answer: str
) -> None:
    assert definition_prompt(term, meaning) == (ask, answer)


@pytest.mark.parametrize("meaning", ["free of charge", "Forum, Curia, Circus"])
def test_what_is_no_meaning_of_its_term_is_asked_by_a_gap(meaning: str) -> None:
    assert answer_to(drawn_from(f"# Sights\n\n- Rome: {meaning}\n", "sights.md")) == meaning


@pytest.mark.parametrize(
    ("text", "base", "dimension"),
    [
        ("15 minutes", 900.0, "time"),
        ("900 s", 900.0, "time"),
        ("1,024 KB", 1_024_000.0, "size"),
        ("2 GiB", 2.0**31, "size"),
        ("10 million", 10_000_000.0, "count"),
        ("37 °C", 37.0, "temperature"),
        ("75%", 75.0, "share"),
        ("$0.20", 0.2, "money"),
    ],
)
def test_quantities_are_read_with_their_units(text: str, base: float, dimension: str) -> None:
    (quantity,) = find_quantities(f"it is {text} in all")
    assert quantity.base == pytest.approx(base)
    assert quantity.dimension == dimension


@pytest.mark.parametrize("text", ["EC2", "IPv4", "10.0.0.1", "a-2b", "v1.2.3"])
def test_digits_in_names_are_no_quantities(text: str) -> None:
    assert find_quantities(f"it is {text} here") == ()
