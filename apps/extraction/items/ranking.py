"""Ranks the items of a note and keeps within what a learner wants of each fact and topic."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from apps.extraction.documents import CardKind, Fact, Line, QuestionKind, Relation
from apps.extraction.items.draft import CardPlan, QuestionPlan
from apps.extraction.items.poles import poles_in
from apps.extraction.lexicon import words
from apps.extraction.quantities import COUNT

Plan = TypeVar("Plan", CardPlan, QuestionPlan)

_CARD_WORTH = {
    CardKind.DEFINITION: 1.0, CardKind.LIST: 0.9, CardKind.STEPS: 0.95,
    CardKind.COMPARISON: 0.9, CardKind.ACRONYM: 0.9, CardKind.BASIC: 0.95, CardKind.CLOZE: 0.75,
}  # fmt: skip
_QUESTION_WORTH = {
    QuestionKind.SINGLE: 1.0, QuestionKind.MULTIPLE: 0.95, QuestionKind.NUMERIC: 0.9,
    QuestionKind.ORDER: 0.95, QuestionKind.MATCH: 0.9, QuestionKind.TYPED: 0.8,
    QuestionKind.TRUE_FALSE: 0.7,
}  # fmt: skip
_STRESS = re.compile(
    r"\*\*\S|__\S|<(?:b|strong)>|\b(?:important|remember|exam|key point|never forget)\b|!\s*$", re.I
)
_NUMBER, _CONTRAST, _ACRONYM, _STRESSED, _REPEATED = 0.2, 0.2, 0.05, 0.2, 0.15


@dataclass(frozen=True, slots=True)
class Budget:
    """How many items a learner wants at most of one fact and of one topic."""

    cards_per_fact: int = 2
    questions_per_fact: int = 2
    cards_per_topic: int = 150
    questions_per_topic: int = 60


def stressed_lines(lines: Iterable[Line]) -> frozenset[int]:
    """Return the numbers of the lines a note sets off: in bold, "important", "!"."""
    return frozenset(line.no for line in lines if _STRESS.search(line.raw))


def card_rank(plan: CardPlan, fact: Fact, stressed: frozenset[int]) -> float:
    """Return form × certainty × salience of a card; `stressed` are lines the note sets off."""
    worth = _CARD_WORTH[plan.kind]
    if plan.kind is CardKind.CLOZE and ("number" in plan.role or plan.role == "value"):
        worth = 0.95
    return round(worth * plan.certainty * salience(fact, stressed), 4)


def question_rank(plan: QuestionPlan, fact: Fact, stressed: frozenset[int]) -> float:
    """Return form × certainty × salience of a question."""
    return round(_QUESTION_WORTH[plan.kind] * plan.certainty * salience(fact, stressed), 4)


def salience(fact: Fact, stressed: frozenset[int]) -> float:
    """Return how much a fact stands out, 1 for one like any other.

    Limits, contrasts, abbreviations, what the note stresses and what it says twice count more.
    """
    statement = fact.statement
    measured = any(quantity.dimension != COUNT for quantity in statement.quantities)
    limit = measured or (bool(statement.quantities) and statement.relation is Relation.HAS_VALUE)
    lines = (no for span in fact.spans for no in range(span.first, span.last + 1))
    return (
        1.0
        + _NUMBER * limit
        + _CONTRAST * bool(poles_in(statement.text))
        + _ACRONYM * any(word.isupper() and len(word) > 1 for word in words(statement.text))
        + _STRESSED * any(no in stressed for no in lines)
        + _REPEATED * (len(fact.spans) > len(statement.spans))
    )


def for_want_of_room(kept: Iterable[Plan], left: Iterable[Plan], *, a_fact: int) -> int:
    """Return how many of the items left out only their topic had no room for."""
    made = Counter(plan.fact for plan in kept)
    spare = Counter(plan.fact for plan in left)
    return sum(min(count, a_fact - made[fact]) for fact, count in spare.items())


def within(plans: Sequence[Plan], *, a_fact: int, a_topic: int) -> tuple[list[Plan], list[Plan]]:
    """Return the best plans, so many of each fact and topic at most, and those left out.

    Both stay in their order.
    """
    facts: Counter[int] = Counter()
    topics: Counter[int | None] = Counter()
    kept: set[int] = set()
    for place, plan in sorted(enumerate(plans), key=lambda pair: (-pair[1].rank, pair[0])):
        if facts[plan.fact] < a_fact and topics[plan.topic] < a_topic:
            facts[plan.fact] += 1
            topics[plan.topic] += 1
            kept.add(place)
    return (
        [plan for place, plan in enumerate(plans) if place in kept],
        [plan for place, plan in enumerate(plans) if place not in kept],
    )
