"""Sentences that say several things: each is taken by itself, with its subject."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.extraction.statements.clauses import split_clauses


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        (
            "The kidney filters blood and does not store urine",
            ["The kidney filters blood", "The kidney does not store urine"],
        ),
        (
            "The usual dose is 5 mg once daily, and the maximum is 20 mg per day",
            ["The usual dose is 5 mg once daily", "the maximum is 20 mg per day"],
        ),
        (
            "Salts dissolve in water; their main use is seasoning",
            ["Salts dissolve in water", "their main use is seasoning"],
        ),
        (
            "Alder, which is a hardwood, grows near rivers",
            ["Alder is a hardwood", "Alder grows near rivers"],
        ),
        (
            "The fever begins with a rash, defined as more than 3 red spots",
            ["The fever begins with a rash", "rash is defined as more than 3 red spots"],
        ),
        (
            "The queen was crowned in 1533 and executed in 1536",
            ["The queen was crowned in 1533", "The queen was executed in 1536"],
        ),
        (
            "A mule deer has large ears, while a moose has a heavy nose",
            ["A mule deer has large ears", "a moose has a heavy nose"],
        ),
        (
            "Thrush: brown bird, eats snails in winter",
            ["Thrush: brown bird", "Thrush eats snails in winter"],
        ),
    ],
)
def test_a_sentence_is_parted_where_each_part_stands_alone(
    sentence: str, clauses: list[str]
) -> None:
    assert split_clauses(sentence) == clauses


@pytest.mark.parametrize(
    "sentence",
    [
        "If the seal breaks, the pump stops and the valve closes",
        "The disk stores reads and writes",
        "The treaty was signed by Sweden and France",
        "The doctor says that the drug is safe and the dose is low",
        "Bread, butter and salt are on the table",
        "Signs: pale skin, cold hands",
        "The rope (which is wet, and it stretches) holds",
    ],
)
def test_a_sentence_that_says_one_thing_stays_whole(sentence: str) -> None:
    assert split_clauses(sentence) == [sentence]


@given(st.text(max_size=200))
def test_any_text_gives_at_least_one_clause_and_few(sentence: str) -> None:
    assert 1 <= len(split_clauses(sentence)) <= 7
