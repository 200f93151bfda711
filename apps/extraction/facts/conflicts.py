"""Finds facts of one note that cannot both be true: another number, or the opposite."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from apps.extraction.documents import (
    Conflict,
    ConflictKind,
    Fact,
    Quantity,
    Relation,
    Statement,
)
from apps.extraction.lexicon import words
from apps.extraction.quantities import COUNT, masked, same_amount
from apps.extraction.titles import is_generic
from apps.extraction.verbs import word_set

MIN_SHARED = 2
"""Telling words two opposite sentences must share."""
MAX_LONG = 5
"""Words of a name that an abbreviation may stand for."""
_VALUED = (Relation.HAS_VALUE, Relation.STATES)
_NEGATORS = word_set(
    "not no never cannot can't cant don't doesn't doesn didn't isn't isn aren't wasn't wasn "
    "weren't won't wouldn't shouldn't mustn't hasn't haven't neither nor without"
)
_SUPPORT = frozenset(["do", "does", "did", "a", "an", "the", "it", "its", "any"])
_RESTORED = {
    "cannot": "can", "can't": "can", "cant": "can", "isn't": "is", "isn": "is", "aren't": "are",
    "wasn't": "was", "wasn": "was", "weren't": "were", "won't": "will", "wouldn't": "would",
    "shouldn't": "should", "mustn't": "must", "hasn't": "has", "haven't": "have",
}  # fmt: skip
_OPPOSITES = {
    "disabled": "enabled", "unsupported": "supported", "unable": "able", "stateless": "stateful",
    "asynchronous": "synchronous", "unencrypted": "encrypted", "unavailable": "available",
    "invalid": "valid", "illegal": "legal", "irreversible": "reversible", "optional": "mandatory",
    "forbidden": "allowed", "prohibited": "allowed", "impossible": "possible",
    "unlimited": "limited", "decreases": "increases", "lowers": "raises", "reduces": "increases",
}  # fmt: skip
_COUNTED_NAME = re.compile(
    r"(?:\b(?:level|layer|stage|step|type|phase|grade|class|day|week|unit|tier|version|group|"
    r"option|case|rule|act|book|line)|[A-Z]\w*)\s*$"
)
_SHORT = re.compile(r"\b[A-Z]{2,5}\b")


def find_conflicts(facts: Sequence[Fact]) -> tuple[Conflict, ...]:
    """Return the groups of facts that contradict each other, in the order they are told.

    Facts are compared only where subject and wording are the same once numbers and negations
    are masked; amounts that are equal in other units agree.
    """
    shorts = frozenset(short for fact in facts for short in _SHORT.findall(fact.statement.text))
    values: dict[tuple[str, ...], list[int]] = defaultdict(list)
    poles: dict[tuple[str, ...], list[int]] = defaultdict(list)
    signs: dict[int, bool] = {}
    shared = _shared_depth([fact.statement.subject.path for fact in facts])
    for place, fact in enumerate(facts):
        statement = fact.statement
        if statement.relation not in _VALUED:
            continue
        subject = statement.subject
        above = [label.lower() for label in subject.chain if label != subject.about]
        part = next((title for title in subject.path[shared:] if not is_generic(title)), "")
        home = (
            part, *subject.qualifiers, *above, subject.about.lower()
        )  # fmt: skip
        about = (*home, statement.context.lower(), statement.label.lower())
        if statement.quantities:
            values[*about, masked(statement.text, statement.quantities).lower()].append(place)
        key, signs[place] = _wording(statement, shorts)
        if len(key) >= MIN_SHARED:
            poles[*home, *key].append(place)
    found = [*_other_values(facts, values), *_opposites(facts, poles, signs)]
    return tuple(sorted(found, key=lambda conflict: conflict.facts))


def _shared_depth(paths: Sequence[tuple[str, ...]]) -> int:
    """Return how many titles stand above every fact: below them, each part is its own matter."""
    if not paths:
        return 0
    first, last = min(paths), max(paths)
    return next(
        (depth for depth, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(last)),
    )


def mark_disputed(facts: Sequence[Fact], conflicts: Sequence[Conflict]) -> tuple[Fact, ...]:
    """Return the facts with those of a conflict marked as disputed."""
    disputed = {place for conflict in conflicts for place in conflict.facts}
    return tuple(
        replace(fact, disputed=True) if place in disputed else fact
        for place, fact in enumerate(facts)
    )


def _other_values(
    facts: Sequence[Fact], groups: Mapping[tuple[str, ...], Sequence[int]]
) -> Iterator[Conflict]:
    for places in groups.values():
        first = facts[places[0]].statement
        against = [place for place in places[1:] if _contradicts(first, facts[place].statement)]
        if against:
            yield _conflict(ConflictKind.VALUE, [places[0], *against], facts)


def _contradicts(one: Statement, other: Statement) -> bool:
    """Return whether two statements of the same wording give one amount two values."""
    pairs = list(zip(one.quantities, other.quantities, strict=False))
    if len(one.quantities) != len(other.quantities) or one.negative != other.negative:
        return False
    apart = [pair for pair in pairs if not same_amount(*pair)]
    if any(mine.dimension != theirs.dimension for mine, theirs in pairs):
        return False
    if one.relation is Relation.STATES and len(apart) != 1:
        return False
    return bool(apart) and not any(_is_name(one.text, mine) for mine, _ in apart)


def _is_name(text: str, quantity: Quantity) -> bool:
    """Return whether a bare number names a thing ("stage 2") rather than measures one."""
    return quantity.dimension == COUNT and bool(_COUNTED_NAME.search(text[: quantity.start]))


def _opposites(
    facts: Sequence[Fact],
    groups: Mapping[tuple[str, ...], Sequence[int]],
    signs: Mapping[int, bool],
) -> Iterator[Conflict]:
    for places in groups.values():
        if len({signs[place] for place in places}) > 1:
            yield _conflict(ConflictKind.POLARITY, places, facts)


def _conflict(kind: ConflictKind, places: Sequence[int], facts: Sequence[Fact]) -> Conflict:
    sides = tuple(facts[place] for place in places)
    return Conflict(
        kind=kind,
        facts=tuple(places),
        texts=tuple(_shown(side.statement) for side in sides),
        spans=tuple(side.spans for side in sides),
    )


def _shown(statement: Statement) -> str:
    lead = [piece for piece in (statement.context, statement.label) if piece]
    return ": ".join([*lead, statement.text])


def _wording(statement: Statement, shorts: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """Return the telling words of a statement without its negations, and whether it affirms.

    Names are written as their abbreviations where the note uses those.
    """
    affirms = True
    kept: list[str] = []
    for word in _abbreviated(words(f"{statement.label} {statement.text}"), shorts):
        low = word.lower().replace("’", "'")
        if low in _NEGATORS:
            affirms = not affirms
            low = _RESTORED.get(low, "")
        elif low in _OPPOSITES:
            affirms, low = not affirms, _OPPOSITES[low]
        if low and low not in _SUPPORT:
            kept.append(low.removesuffix("s"))
    return tuple(kept), affirms


def _abbreviated(tokens: list[str], shorts: frozenset[str]) -> list[str]:
    """Return words with each name in capitals replaced by the abbreviation that spells it."""
    initials = "".join(token[0] for token in tokens)
    written: list[str] = []
    place = 0
    while place < len(tokens):
        named = (initials[place : place + size] for size in range(MAX_LONG, 1, -1))
        short = next((name for name in named if name in shorts), "")
        written.append(short or tokens[place])
        place += len(short) or 1
    return written
