"""Merges equal statements of one note."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from apps.extraction.documents import Fact, Relation, Span, Statement
from apps.extraction.lexicon import canonical
from apps.extraction.quantities import masked, same_amount

SAME = 93
"""Similarity (0 to 100) from which two statements of one subject say the same."""
LOOK_BACK = 12
"""Statements of one subject that are compared; bounds the work on a long note."""


def merge_statements(statements: Sequence[Statement]) -> tuple[Fact, ...]:
    """Return one fact for each thing said, in the order of its first statement.

    Two statements merge only if they have the same subject, relation, numbers and polarity.
    """
    firsts: list[Statement] = []
    wordings: list[str] = []
    spans: list[set[Span]] = []
    blocks: dict[tuple[str, Relation], list[int]] = defaultdict(list)
    for statement in statements:
        block = blocks[_subject(statement), statement.relation]
        wording = canonical(masked(statement.text, statement.quantities))
        for place in reversed(block[-LOOK_BACK:]):
            if _same(firsts[place], statement) and _alike(wordings[place], wording):
                spans[place].update(statement.spans)
                break
        else:
            block.append(len(firsts))
            firsts.append(statement)
            wordings.append(wording)
            spans.append(set(statement.spans))
    return tuple(
        Fact(first, tuple(sorted(cited))) for first, cited in zip(firsts, spans, strict=True)
    )


def _subject(statement: Statement) -> str:
    return canonical(" ".join((statement.subject.about, statement.context, statement.label)))


def _same(one: Statement, other: Statement) -> bool:
    """Return whether two statements agree in polarity, items and amounts."""
    if one.negative != other.negative or one.items != other.items:
        return False
    if len(one.quantities) != len(other.quantities):
        return False
    return all(map(same_amount, one.quantities, other.quantities))


def _alike(one: str, other: str) -> bool:
    return one == other or fuzz.ratio(one, other, score_cutoff=SAME) >= SAME
