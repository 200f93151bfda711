"""A gap tells so much of what is wanted that one answer is left, and never the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.bank.prompts import cloze_prompt
from apps.extraction.items.hints import hint_of
from apps.extraction.lexicon import ARTICLES, SPLITTERS, STOP_WORDS
from tests.extraction.asking import drawn_from


def shown(line: str) -> str:
    """What a learner sees of the one card made of a line."""
    text = f"# Subject\n\n- Something stands before it here\n- {line}\n"
    (card,) = drawn_from(text, "n.md").cards
    return cloze_prompt(card.front, 1)[0]


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("Verapamil causes constipation", "Verapamil causes [co…]"),
        ("Membranes are made of a phospholipid bilayer", "Membranes are made of a [p… b…]"),
        ("The lease of an address lasts 1 day", "The lease of an address lasts [… days]"),
        ("The lease of an address lasts 8 days", "The lease of an address lasts [… days]"),
        ("The link carries up to 10 Gbps", "The link carries up to [… Gbps]"),
        ("A protocol without handshakes is stateless", "A protocol without handshakes is [state…]"),
    ],
)
def test_a_gap_tells_how_its_words_begin_or_what_is_counted(line: str, prompt: str) -> None:
    assert shown(line).endswith(prompt)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("one of the two kings", "o… of the t… k…"),
        ("read/write heads", "r…/w… h…"),
        ("multi-cellular", "m…-c…"),
        ("ip-10-0.example.org", "i…"),
        ("$0.10 per GB", "$… per GB"),
        ("16 knots or 30 km/h", "… knots or … km/h"),
        ("1:1", ""),
        ("1 hour", "… hours"),
        ("a very long answer of many words", "a very l… …"),
        ("42", ""),
        ("three", ""),
    ],
)
def test_a_hint_fits_its_answer(answer: str, hint: str) -> None:
    assert hint_of(answer) == hint


@given(st.lists(st.text("abcdeXYZ'’", min_size=2, max_size=9), min_size=1, max_size=6))
def test_a_hint_never_holds_a_telling_word_of_its_answer(tokens: list[str]) -> None:
    plain = STOP_WORDS | SPLITTERS | ARTICLES
    told = hint_of(" ".join(tokens)).split(" ")
    assert not [
        word for word in tokens if word.strip("'’")[1:] and word not in plain and word in told
    ]


@given(st.text(max_size=60))
def test_any_answer_has_a_hint_that_a_cloze_can_hold(answer: str) -> None:
    hint = hint_of(answer)
    assert "}}" not in hint or "}}" in answer
    assert "::" not in hint or "::" in answer
