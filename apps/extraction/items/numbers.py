"""Asks for the one number of a fact: by choice where other numbers are safely wrong, else typed."""

import re
from collections.abc import Iterator

from apps.extraction.documents import ChoiceDraft, Fact, Quantity, QuestionKind, Relation
from apps.extraction.identity import digest
from apps.extraction.items.draft import QuestionPlan, full_text, item_key, plan_question
from apps.extraction.items.gaps import find_gaps
from apps.extraction.items.pools import Pools, about_of, close
from apps.extraction.items.prompts import joined, shown_context
from apps.extraction.lexicon import STOP_WORDS, canonical, words
from apps.extraction.quantities import COUNT, equivalents, find_quantities

MIN_DISTRACTORS, MAX_DISTRACTORS = 2, 3
FAR = 30.0
"""How many times larger or smaller a wrong number may be."""
BITS = 8
_BITTY = ("bit rate", "size")
MIN_TOLD = 2
"""Telling words a stem shows besides its gap."""
_EXAMPLE = re.compile(r"\b(?:e\.?g|for example|i\.?e|such as|example)\b", re.I)
_NAME = re.compile(r"\d+[A-Z]")
"""A generation or a size class rather than an amount: 5G, 4K."""
_OPEN = re.compile(r"\s*(?:or more|or less|\+|plus|and (?:more|above|up))", re.I)
_FROM = re.compile(r"(?:\b(?:at least|more than|over|up to|minimum of)|[>≥]=?)\s*$", re.I)
_BELOW = re.compile(r"(?:\b(?:less than|under|within|at most)|[<≤]=?)\s*$", re.I)
_BOUND = re.compile(
    r"\b(?:at (?:most|least)|max(?:imum)?|min(?:imum)?|up to|limit(?:ed)?|only|exactly|about|"
    r"default|has|have)\b[\w\s]{0,20}$",
    re.I,
)


def ask_number(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Yield the question for a fact's only number, if the number is one to know."""
    quantity = fact.statement.quantities[0]
    stem = stem_with_gap(fact, quantity) if _is_fixed(fact, quantity) else ""
    if not stem:
        return
    explanation = explained(fact)
    wrong = wrong_numbers(place, fact, quantity, pools)
    if len(wrong) < MIN_DISTRACTORS:
        if quantity.dimension != COUNT or fact.statement.relation is Relation.HAS_VALUE:
            yield plan_question(
                place, fact, "value", QuestionKind.NUMERIC, stem, wording=_wording(fact),
                accepted=equivalents(quantity), explanation=explanation,
            )  # fmt: skip
        return
    pairs = [(quantity.base, ChoiceDraft(quantity.text, True, explanation))]
    pairs += [
        (value.base, ChoiceDraft(value.text, False, f"That belongs to: {explained(source)}"))
        for source, value in wrong
    ]
    pairs.sort(key=lambda pair: (pair[0], pair[1].text))
    yield plan_question(
        place, fact, "value", QuestionKind.SINGLE, stem, wording=_wording(fact),
        choices=tuple(choice for _, choice in pairs), explanation=explanation,
    )  # fmt: skip


def explained(fact: Fact) -> str:
    """Return what a fact says as one sentence with its context."""
    return joined(shown_context(fact.statement), full_text(fact)).rstrip(".") + "."


def _wording(fact: Fact) -> str:
    statement = fact.statement
    return statement.text if statement.relation is Relation.STATES else ""


def _is_fixed(fact: Fact, quantity: Quantity) -> bool:
    """Return whether a number is a value to know, not an example and not a passing count."""
    before, after = fact.statement.text[: quantity.start], fact.statement.text[quantity.end :]
    if _EXAMPLE.search(f"{fact.statement.context} {before}") or _OPEN.match(after):
        return False
    label = find_quantities(fact.statement.label)
    if _NAME.fullmatch(quantity.text) or any(each.dimension != COUNT for each in label):
        return False
    if quantity.dimension != COUNT or fact.statement.relation is Relation.HAS_VALUE:
        return True
    return _BOUND.search(before) is not None


def stem_with_gap(fact: Fact, quantity: Quantity) -> str:
    """Return the fact with its number left out, as a question; "" if too little stays."""
    statement = fact.statement
    text = statement.text
    numbers = [
        gap
        for gap in find_gaps(text, statement.quantities, f"{statement.context} {statement.label}")
        if gap.role == "number"
    ]
    alone = text.strip(" .") == quantity.text and bool(statement.label)
    if not numbers and not alone:
        return ""
    shown = f"{text[: quantity.start].rstrip()} ___ {text[quantity.end :].lstrip()}".strip(" .")
    lead = f"{statement.label}: " if statement.label else ""
    told = [word for word in words(f"{lead} {shown}") if word.lower() not in STOP_WORDS]
    if len([word for word in told if any(map(str.isalpha, word))]) < MIN_TOLD:
        return ""
    return f"Which value is missing? {joined(shown_context(statement), lead + shown)}"


def _is_implied(fact: Fact, quantity: Quantity, value: Quantity) -> bool:
    """Return whether a bound makes another number true as well: "at least 3" is at least 1."""
    before = fact.statement.text[: quantity.start]
    if _FROM.search(before):
        return value.base < quantity.base
    return _BELOW.search(before) is not None and value.base > quantity.base


def _may_be(value: Quantity, number: float) -> bool:
    """Return whether a value could be meant by a number in base units.

    Notes write bits and bytes alike ("Gbps", "GBps"), so there a factor of eight is no difference.
    """
    forms = (value.base, value.base * BITS, value.base / BITS)
    return any(close(form, number) for form in (forms if value.dimension in _BITTY else forms[:1]))


def wrong_numbers(
    place: int, fact: Fact, quantity: Quantity, pools: Pools
) -> list[tuple[Fact, Quantity]]:
    """Return numbers of the same kind that this subject has nowhere in the note, nearest first."""
    true = pools.true_numbers(fact)
    if true is None:
        return []
    found: dict[float, tuple[Fact, Quantity]] = {}
    said = full_text(fact)
    for other_place in pools.numbers_near(place, quantity):
        other = pools.facts[other_place]
        value = other.statement.quantities[0]
        known = any(_may_be(value, number) for number in (*true, *found))
        if known or other.disputed or value.text in said or about_of(other) == about_of(fact):
            continue
        if not _is_fixed(other, value) or _is_implied(fact, quantity, value):
            continue
        if quantity.base and value.base and 1 / FAR <= value.base / quantity.base <= FAR:
            found[value.base] = (other, value)
    key = item_key(fact.statement, "value")
    ranked = sorted(
        found.values(),
        key=lambda pair: (
            canonical(pair[0].statement.label) != canonical(fact.statement.label),
            pair[0].statement.topic != fact.statement.topic,
            pair[1].unit != quantity.unit,
            digest(key, pair[1].text),
        ),
    )
    return ranked[:MAX_DISTRACTORS]
