"""Extraction as a whole: whatever the note, every line is accounted for and keys are stable."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.extraction.documents import Role, Stage
from apps.extraction.pipeline import extract
from apps.extraction.sources import Source
from tests.extraction.asking import asked, drafts, drawn_from, facts_of
from tests.extraction.notes import FLAT, INDENTED, MARKDOWN, SHAPES

_PIECES = st.sampled_from(
    ["- ", "  • ", "    • ", "# ", "## ", "1. ", "→ ", "↳ ", "* ", "\t", "| a | b |", "```", "---",
     "Term: meaning", "It's a kind of rock", "lasts 15 minutes", "Limits", "For example:", "=",
     "{{c1::x}}", "::", "(", "Types of soil:", "{{", "}}", "A => B => C", "> quote", "\n", "\n\n",
     " ", "e.g. ", "?"]
)  # fmt: skip
_NOTES = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=40).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(_NOTES, st.sampled_from(["note.txt", "note.md", ""]))
@example("- # heading in a list\n\n- x", "note.md")
@example("a\tb\nc\td\n", "note.txt")
@example("-\n-\ntext", "note.txt")
def test_any_text_is_taken_apart_and_every_line_accounted_for(text: str, name: str) -> None:
    extraction = drawn_from(text, name)
    lines = text.split("\n")
    written = [no for no, line in enumerate(lines, start=1) if line.strip()]
    assert [record.line for record in extraction.records] == written
    for item in drafts(extraction):
        assert item.spans
        for span in item.spans:
            assert 1 <= span.first <= span.last <= len(lines)
        assert 0.0 <= item.certainty <= 1.0
    keys = [item.key for item in drafts(extraction)]
    assert len(set(keys)) == len(keys)
    topics = {topic.id for topic in extraction.topics}
    assert {item.topic for item in drafts(extraction)} <= topics
    assert {topic.parent for topic in extraction.topics} <= topics | {None}


@pytest.mark.parametrize("name", SHAPES)
def test_reading_a_note_twice_gives_the_same(name: str) -> None:
    assert drawn_from(SHAPES[name], name) == drawn_from(SHAPES[name], name)


@pytest.mark.parametrize("name", SHAPES)
def test_lines_with_cards_and_lines_without_say_so(name: str) -> None:
    extraction = drawn_from(SHAPES[name], name)
    used = {
        no
        for item in drafts(extraction)
        for span in item.spans
        for no in range(span.first, span.last + 1)
    }
    assert used
    for record in extraction.records:
        assert (record.role in (Role.ITEM, Role.TOPIC)) or record.line not in used
        assert record.role in (Role.ITEM, Role.TOPIC) or record.reason is not None


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=1, max_value=12))
def test_new_lines_on_top_leave_every_key_as_it_was(count: int) -> None:
    before = {card.key: card.front for card in drawn_from(MARKDOWN, "heart.md").cards}
    added = "# Lungs\n\n" + "".join(f"- **Lobe {n}**: Number {n} of them\n" for n in range(count))
    after = {card.key: card.front for card in drawn_from(f"{added}\n{MARKDOWN}", "heart.md").cards}
    assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("text", "name", "old", "new"),
    [
        (MARKDOWN, "heart.md", "250 ms", "300 ms"),
        (INDENTED, "soil.txt", "2 m", "3 m"),
        (FLAT, "bees.txt", "5 years", "4 years"),
    ],
)
def test_a_corrected_number_keeps_the_card(text: str, name: str, old: str, new: str) -> None:
    before = drawn_from(text, name)
    after = drawn_from(text.replace(old, new), name)
    (card,) = [item.card for item in asked(before) if old in item.answer]
    (same,) = [item for item in asked(after) if item.card.key == card.key]
    assert new in same.answer
    assert {card.key for card in before.cards} == {card.key for card in after.cards}


def test_a_corrected_meaning_keeps_the_card() -> None:
    old, new = "Lays the eggs of the hive", "The only bee that lays eggs"
    before, after = drawn_from(FLAT), drawn_from(FLAT.replace(old, new))
    kept = {card.key: card for card in after.cards}
    (card,) = [card for card in before.cards if card.back == old]
    assert kept[card.key].back == new


def test_progress_is_reported_in_order_up_to_the_whole() -> None:
    heard: list[tuple[Stage, float]] = []
    extract(Source("heart.txt", MARKDOWN), report=lambda stage, done: heard.append((stage, done)))
    shares = [done for _, done in heard]
    assert shares == sorted(shares)
    assert heard[0] == (Stage.READ, 0.0)
    assert heard[-1] == (Stage.LINT, 1.0)
    assert {stage for stage, _ in heard} == set(Stage)


def test_a_long_note_is_seen_to_move_within_its_stages() -> None:
    heard: list[tuple[Stage, float]] = []
    text = "\n".join(f"- Valve {n}: it opens at {n} seconds" for n in range(2500))
    extract(Source("valves.txt", text), report=lambda stage, done: heard.append((stage, done)))
    shares = [done for _, done in heard]
    assert shares == sorted(shares)
    for stage in (Stage.STATEMENTS, Stage.ITEMS, Stage.LINT):
        assert sum(each is stage for each, _ in heard) > 2


def test_a_sentence_told_twice_in_a_paragraph_cites_the_line_of_each() -> None:
    twice = "The aorta carries blood to the body."
    text = f"# Heart\n\n{twice}\nThe septum parts the two halves.\n{twice}\n"
    cited = [card.spans for card in drawn_from(text, "heart.md").cards if "aorta" in card.front]
    assert cited
    assert all([span.first for span in spans] == [3, 5] for spans in cited)


def test_no_card_asks_with_a_bare_pronoun() -> None:
    for name, text in SHAPES.items():
        for item in asked(drawn_from(text, name)):
            assert not re.match(r"(?:It|They|This|These)\b", item.prompt), item


def test_no_two_cards_ask_the_same_with_different_answers() -> None:
    text = "# Rain\n\n- It brings water\n- It brings floods\n- It brings mud\n"
    prompts = [(item.path, item.prompt) for item in asked(drawn_from(text, "rain.md"))]
    assert len(set(prompts)) == len(prompts)


def test_a_fact_written_twice_is_asked_once_and_cites_both_lines() -> None:
    line = "- Green tea steeps for 2 minutes\n"
    text = f"# Tea\n\n{line}- Black tea is oxidised\n{line}"
    (item,) = [item for item in asked(drawn_from(text, "tea.md")) if "2 minutes" in item.answer]
    assert [(span.first, span.last) for span in item.card.spans] == [(3, 3), (5, 5)]


def test_statements_that_differ_in_a_number_or_a_not_stay_apart() -> None:
    text = (
        "# Door\n\n- The front door can be locked by a key\n"
        "- The front door can not be locked by a key\n"
        "- The old gate opens for 5 seconds each time\n"
        "- The old gate opens for 9 seconds each time\n"
    )
    found = facts_of(text, "door.md")
    assert [len(fact.spans) for fact in found] == [1, 1, 1, 1]


@settings(max_examples=5, deadline=None)
@given(st.integers(min_value=200, max_value=400))
def test_very_long_lines_are_set_aside(length: int) -> None:
    extraction = drawn_from("# Title\n\n" + "word " * length * 10, "long.md")
    assert [record.role for record in extraction.records] == [Role.TOPIC, Role.SKIPPED]


@pytest.mark.parametrize(
    "text",
    [
        "CO\n- ↑↑ due to sepsis",
        "# ->\n- to use less power",
        "# ?!\n\n- to use less power",
        "Marks\n- …: what is left out\n- b: second letter\n- c: third letter",
        "o \n. \n° \n»",
        "# :\n# = \n# Definition:",
    ],
)
@pytest.mark.parametrize("name", ["note.txt", "note.md"])
def test_signs_without_words_are_read_without_a_fault(text: str, name: str) -> None:
    extraction = drawn_from(text, name)
    written = [no for no, line in enumerate(text.split("\n"), start=1) if line.strip()]
    assert [record.line for record in extraction.records] == written


def test_course_titles_with_a_number_or_a_colon_stay_titles() -> None:
    text = (
        "# Week 1: Cells\n\nA vacuole is a bag of sap inside a cell.\n\n"
        "# Week 2: Tissues\n\nXylem is a tissue of tubes for water.\n"
    )
    titles = {topic.title for topic in drawn_from(text, "note.txt").topics}
    assert any("Cells" in title for title in titles)
    assert any("Tissues" in title for title in titles)
