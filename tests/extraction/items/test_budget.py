"""A learner gets as many items as they want, and the best ones."""

import pytest

from apps.extraction.documents import CardKind, Reason
from apps.extraction.items import Budget
from apps.extraction.pipeline import extract
from apps.extraction.sources import Source, SourceKind

NOTE = """# Muscle

- Actin: thin thread that the thick thread pulls along
- Myosin: thick thread that walks by bending its heads
- A twitch of skeletal muscle lasts 100 ms
- The resting muscle uses fat from the blood
- Important: **Rigor** sets in 3 hours after death
"""


def cards(budget: Budget) -> list[str]:
    found = extract(Source("note.md", NOTE, SourceKind.MARKDOWN), budget=budget)
    return [card.front for card in found.cards]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_topic_has_no_more_cards_than_wanted(limit: int) -> None:
    assert len(cards(Budget(cards_per_topic=limit))) == limit


def test_what_the_note_stresses_and_measures_comes_first() -> None:
    (front,) = cards(Budget(cards_per_topic=1))
    assert "Rigor" in front


def test_a_fact_has_no_more_cards_than_wanted() -> None:
    extraction = extract(
        Source("note.md", NOTE, SourceKind.MARKDOWN), budget=Budget(cards_per_fact=1)
    )
    lines = [card.spans[0].first for card in extraction.cards]
    assert len(set(lines)) == len(lines)


def test_what_is_left_out_is_accounted_for() -> None:
    extraction = extract(
        Source("note.md", NOTE, SourceKind.MARKDOWN),
        budget=Budget(cards_per_topic=1, questions_per_topic=0),
    )
    assert Reason.BUDGET in {record.reason for record in extraction.records}
    assert {record.line for record in extraction.records} == {1, 3, 4, 5, 6, 7}


def test_no_question_is_asked_where_none_is_wanted() -> None:
    source = Source("note.md", NOTE, SourceKind.MARKDOWN)
    assert extract(source, budget=Budget(questions_per_topic=0)).questions == ()
    assert {card.kind for card in extract(source).cards} <= set(CardKind)
