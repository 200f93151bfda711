"""Asks for the one number of a fact: by choice where other numbers are safely wrong, else typed."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from apps.extraction.documents import ChoiceDraft, Fact, Quantity, QuestionKind, Relation
from apps.extraction.identity import digest
from apps.extraction.items.draft import QuestionPlan, full_text, item_key, plan_question
from apps.extraction.items.gaps import find_gaps
from apps.extraction.items.hints import hint_of
from apps.extraction.items.pools import Pools, about_of, close
from apps.extraction.items.prompts import joined, shown_context
from apps.extraction.lexicon import STOP_WORDS, canonical, has_digit, words
from apps.extraction.quantities import COUNT, equivalents, find_quantities

GAP = "___"
"""What stands in a stem for the number left out."""
MIN_DISTRACTORS, MAX_DISTRACTORS = 2, 3
FAR = 30.0
"""How many times larger or smaller a wrong number may be."""
BITS, SLOPPY = 8, 0.11
"""Bits in a byte, and the share by which a terabyte in powers of two exceeds one of ten."""
_BITTY = ("bit rate", "size")
MIN_TOLD = 2
"""Telling words a stem shows besides its gap."""
_EXAMPLE = re.compile(r"\b(?:e\.?g|for example|i\.?e|such as|example)\b", re.I)
_LISTED = re.compile(r"\([^()]*[;,][^()]*$")
"""A bracket with several things in it before the number: choices or examples."""
_NAME = re.compile(r"\d+[A-Z]")
"""A generation or a size class rather than an amount: 5G, 4K."""
_OPEN = re.compile(r"\s*(?:or more|or less|\+|plus|and (?:more|above|up))", re.I)
_SMALL_WORDS = (
    r"(?:\s+(?:the|an?|about|around|roughly|for|last|first|next|past|previous|of|to))*\s*$"
)
_FROM = re.compile(rf"(?:\b(?:at least|up(?: to)?|minimum(?: of)?|min)|≥|>=){_SMALL_WORDS}", re.I)
_CAN = re.compile(
    r"\b(?:can|could|may|able to|allows?|supports?|tolerates?)\b(?!.*\b(?:only|max))", re.I
)
_BELOW = re.compile(
    rf"(?:\b(?:less than|fewer than|under|within|at most|no more than|below|maximum of|"
    rf"until)|≤|<=?)"
    rf"{_SMALL_WORDS}",
    re.I,
)
_EITHER = re.compile(
    rf"(?:\b(?:than|over|above|beyond|exceed(?:s|ed|ing)?|after|past)|>){_SMALL_WORDS}|"
    r"(?:n['’]t|\bnot|\bnever|\bwithout)\b[^.;]{0,40}\bfor\s*$",
    re.I,
)
"""Bounds that hold for other numbers as well: what is due beyond 5 GB is due beyond 9 GB."""
_BOUND = re.compile(
    r"\b(?:at (?:most|least)|max(?:imum)?|min(?:imum)?|up to|limit(?:ed)?|only|exactly|about|"
    r"default|has|have)\b[\w\s]{0,20}$",
    re.I,
)


def ask_number(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Yield the question for a fact's only number, if the number is one to know."""
    quantity = fact.statement.quantities[0]
    if not has_digit(quantity.text):
        return
    stem = stem_with_gap(fact, quantity) if _is_fixed(fact, quantity) else ""
    if not stem:
        return
    explanation = explained(fact)
    wrong = wrong_numbers(place, fact, quantity, pools)
    alone = bool(quantity.unit) and all(value.unit != quantity.unit for _, value in wrong)
    if len(wrong) < MIN_DISTRACTORS or alone:
        if quantity.dimension != COUNT or fact.statement.relation is Relation.HAS_VALUE:
            unit = hint_of(quantity.text)
            asked = stem.replace(GAP, f"{GAP} ({unit})", 1) if unit else stem
            yield plan_question(
                place, fact, "value", QuestionKind.NUMERIC, asked, wording=_wording(fact),
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
    if _LISTED.search(before):
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
    shown = f"{text[: quantity.start].rstrip()} {GAP} {text[quantity.end :].lstrip()}".strip(" .")
    lead = f"{statement.label}: " if statement.label else ""
    told = [word for word in words(f"{lead} {shown}") if word.lower() not in STOP_WORDS]
    if len([word for word in told if any(map(str.isalpha, word))]) < MIN_TOLD:
        return ""
    return f"Which value is missing? {joined(shown_context(statement), lead + shown)}"


def _is_implied(fact: Fact, quantity: Quantity, value: Quantity) -> bool:
    """Return whether a bound makes another number true as well: "at least 3" is at least 1."""
    before, after = fact.statement.text[: quantity.start], fact.statement.text[quantity.end :]
    if quantity.unit == "%" and after.startswith(" of ") and value.base < quantity.base:
        return True
    if _EITHER.search(before) and not _BELOW.search(before):
        return True
    if _CAN.search(before) and not _FROM.search(before):
        return True
    if _FROM.search(before) and value.base < quantity.base:
        return True
    return _BELOW.search(before) is not None and value.base > quantity.base


def _may_be(value: Quantity, number: float) -> bool:
    """Return whether a value could be meant by a number in base units.

    Notes write bits and bytes alike ("Gbps", "GBps"), and 1,000 for 1,024, so there a factor of
    eight or a few per cent are no difference.
    """
    if value.dimension not in _BITTY:
        return close(value.base, number)
    ratios = (number / value.base * factor for factor in (1, BITS, 1 / BITS) if value.base)
    return any(abs(ratio - 1) <= SLOPPY for ratio in ratios)


def _nearest(ordered: Sequence[float], value: Quantity) -> Iterator[float]:
    """Yield the numbers on either side of a value, and of it as bits and as bytes."""
    for factor in (1, BITS, 1 / BITS) if value.dimension in _BITTY else (1,):
        place = bisect_left(ordered, value.base * factor)
        yield from ordered[max(0, place - 1) : place + 1]


def wrong_numbers(
    place: int, fact: Fact, quantity: Quantity, pools: Pools
) -> list[tuple[Fact, Quantity]]:
    """Return numbers of the same kind that this subject has nowhere in the note, nearest first."""
    true = pools.true_numbers(fact)
    if true is None:
        return []
    near: list[float] = []
    known = [*true, near]
    found: dict[float, tuple[Fact, Quantity]] = {}
    said, about = full_text(fact), about_of(fact)
    for other_place in pools.numbers_near(place, quantity):
        other = pools.facts[other_place]
        value = other.statement.quantities[0]
        if other.disputed or value.text in said or about_of(other) == about:
            continue
        if any(_may_be(value, number) for each in known for number in _nearest(each, value)):
            continue
        if not has_digit(value.text):
            continue
        if not _is_fixed(other, value) or _is_implied(fact, quantity, value):
            continue
        if quantity.base and value.base and 1 / FAR <= value.base / quantity.base <= FAR:
            found[value.base] = (other, value)
            insort(near, value.base)
    key = item_key(fact.statement, "value")
    ranked = sorted(
        found.values(),
        key=lambda pair: (
            canonical(pair[0].statement.label) != canonical(fact.statement.label),
            pair[1].unit != quantity.unit,
            pair[0].statement.topic != fact.statement.topic,
            digest(key, pair[1].text),
        ),
    )
    return ranked[:MAX_DISTRACTORS]
