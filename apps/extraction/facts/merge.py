"""Merges equal statements of one note, and marks attributes that are given two values."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from apps.extraction.documents import Fact, Relation, Span, Statement
from apps.extraction.lexicon import canonical

SAME = 93
"""Similarity (0 to 100) from which two statements of one subject say the same."""
LOOK_BACK = 12
"""Statements of one subject that are compared; bounds the work on a long note."""


def merge_statements(statements: Sequence[Statement]) -> tuple[Fact, ...]:
    """Return one fact for each thing said, in the order of its first statement.

    Two statements merge only if they have the same subject, relation, numbers and polarity.
    """
    firsts: list[Statement] = []
    spans: list[set[Span]] = []
    blocks: dict[tuple[str, Relation], list[int]] = defaultdict(list)
    for statement in statements:
        block = blocks[_subject(statement), statement.relation]
        for place in reversed(block[-LOOK_BACK:]):
            if _same(firsts[place], statement):
                spans[place].update(statement.spans)
                break
        else:
            block.append(len(firsts))
            firsts.append(statement)
            spans.append(set(statement.spans))
    return _with_disputes(
        [Fact(first, tuple(sorted(cited))) for first, cited in zip(firsts, spans, strict=True)]
    )


def _subject(statement: Statement) -> str:
    return canonical(" ".join((statement.subject.about, statement.context, statement.label)))


def _same(one: Statement, other: Statement) -> bool:
    if one.negative != other.negative or one.items != other.items:
        return False
    if _numbers(one) != _numbers(other):
        return False
    return fuzz.ratio(canonical(one.text), canonical(other.text)) >= SAME


def _numbers(statement: Statement) -> tuple[tuple[str, float], ...]:
    return tuple((quantity.dimension, quantity.base) for quantity in statement.quantities)


def _with_disputes(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Mark the facts whose subject and attribute have another number elsewhere in the note."""
    values: dict[str, set[tuple[tuple[str, float], ...]]] = defaultdict(set)
    for fact in facts:
        if fact.statement.relation is Relation.HAS_VALUE and fact.statement.quantities:
            values[_subject(fact.statement)].add(_numbers(fact.statement))
    return tuple(
        replace(fact, disputed=len(values.get(_subject(fact.statement), ())) > 1)
        if fact.statement.relation is Relation.HAS_VALUE
        else fact
        for fact in facts
    )
