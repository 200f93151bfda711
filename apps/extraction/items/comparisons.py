"""Sets two siblings side by side in an attribute both have, or in a word and its contrary."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apps.extraction.documents import CardKind, Fact, Relation
from apps.extraction.identity import digest, skeleton
from apps.extraction.items.draft import CardPlan, plan_card
from apps.extraction.items.poles import OPPOSITES, poles_in
from apps.extraction.items.pools import Pools, about_of
from apps.extraction.lexicon import canonical, words
from apps.extraction.titles import clean_title, is_generic, name_of

MAX_VALUE_WORDS = 10
MAX_NAME_WORDS = 6
MAX_SAID_WORDS = 14
PAIR = 2
REACH = 40
"""Facts between two contrary ones that may still be of siblings."""


def draft_comparisons(facts: Sequence[Fact], pools: Pools) -> list[CardPlan]:
    """Return the comparisons of a note, each at the first of its two facts."""
    return [
        *_shared_attributes(facts, pools),
        *_rows(facts, pools),
        *_contraries(facts, pools),
    ]


def _rows(facts: Sequence[Fact], pools: Pools) -> Iterator[CardPlan]:
    """Yield the rows of tables that set two things side by side, one in each column."""
    for places in pools.rows.values():
        cells = [facts[place] for place in places]
        if len(cells) != PAIR or not pools.is_turned(cells[0]) or not all(map(_is_plain, cells)):
            continue
        row, names = cells[0].statement.context, [cell.statement.label for cell in cells]
        values = [cell.statement.text.rstrip(" .;,") for cell in cells]
        back = "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
        front = f"{clean_title(row)}: {names[0]} compared with {names[1]}?"
        yield _compared(places[0], cells[0], cells[1], front, back, "comparison")


def _shared_attributes(facts: Sequence[Fact], pools: Pools) -> Iterator[CardPlan]:
    for label, places in pools.same_label.items():
        if is_generic(label) or not label:
            continue
        waiting: dict[tuple[str, ...], int] = {}
        for place in places:
            fact = facts[place]
            if not _is_plain(fact) or pools.is_turned(fact):
                continue
            siblings = _parents(fact)
            first = waiting.pop(siblings, None)
            if first is None or about_of(facts[first]) == about_of(fact):
                waiting[siblings] = place
            elif canonical(facts[first].statement.text) != canonical(fact.statement.text):
                yield _side_by_side(first, facts[first], fact, facts[first].statement.label)


def _is_plain(fact: Fact) -> bool:
    statement = fact.statement
    name = clean_title(name_of(statement.subject.about))
    return (
        not fact.disputed
        and 0 < len(words(statement.text)) <= MAX_VALUE_WORDS
        and 0 < len(words(name)) <= MAX_NAME_WORDS
        and not statement.subject.qualifiers
        and not is_generic(name)
    )


def _parents(fact: Fact) -> tuple[str, ...]:
    """Return what stands above the thing a fact is about, nothing of the thing itself."""
    subject = fact.statement.subject
    above = (*subject.path, *subject.chain)
    about = canonical(subject.about)
    kept = [title for title in above if canonical(clean_title(name_of(title))) != about]
    return tuple(kept if len(kept) < len(above) else above)


def _side_by_side(place: int, one: Fact, other: Fact, label: str) -> CardPlan:
    names = [clean_title(name_of(fact.statement.subject.about)) for fact in (one, other)]
    values = [fact.statement.text.rstrip(" .;,") for fact in (one, other)]
    back = "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
    front = f"{clean_title(label)}: {names[0]} compared with {names[1]}?"
    return _compared(place, one, other, front, back, "comparison")


def _compared(place: int, one: Fact, other: Fact, front: str, back: str, role: str) -> CardPlan:
    plan = plan_card(place, one, CardKind.COMPARISON, front, back, role)
    shared = tuple(
        title
        for title, same in zip(
            one.statement.subject.path, other.statement.subject.path, strict=False
        )
        if title == same
    )
    return replace(
        plan,
        base_key=digest(plan.base_key, skeleton(other.statement.subject.about)),
        path=one.statement.subject.path if shared else (),
        spans=tuple(sorted({*one.spans, *other.spans})),
        certainty=min(plan.certainty, round(other.statement.certainty, 3)),
    )


def _contraries(facts: Sequence[Fact], pools: Pools) -> Iterator[CardPlan]:
    """Yield "which is stateful, which is stateless" for two subjects a note sets apart."""
    for place, fact in enumerate(facts):
        found = _pole_of(fact)
        if not found:
            continue
        contrary = OPPOSITES[found]
        for other_place in pools.poles[contrary]:
            other = facts[other_place]
            near = 0 < other_place - place <= REACH
            if near and _pole_of(other) == contrary and _are_siblings(fact, other):
                names = [
                    clean_title(name_of(each.statement.subject.about)) for each in (fact, other)
                ]
                front = f"{names[0]} and {names[1]}: which is {found}, which is {contrary}?"
                back = f"{names[0]}: {found}\n{names[1]}: {contrary}"
                yield _compared(place, fact, other, front, back, "contrary")
                break


def _pole_of(fact: Fact) -> str:
    """Return the word with a contrary that a fact ends with of its subject, or ""."""
    statement = fact.statement
    if statement.negative or fact.disputed or len(words(statement.text)) > MAX_SAID_WORDS:
        return ""
    if statement.relation not in (Relation.STATES, Relation.HAS_VALUE) or not _is_named(fact):
        return ""
    found = poles_in(statement.text)
    ends = statement.text.lower().rstrip(" .").endswith(f"is {found[0]}") if found else False
    return found[0] if len(found) == 1 and ends else ""


def _is_named(fact: Fact) -> bool:
    """Return whether the sentence is about its subject and nothing smaller."""
    statement = fact.statement
    return canonical(statement.text).startswith(f"{about_of(fact)} is")


def _are_siblings(one: Fact, other: Fact) -> bool:
    apart = about_of(one) != about_of(other)
    return apart and one.statement.subject.path[:1] == other.statement.subject.path[:1]
