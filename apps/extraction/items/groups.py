"""Asks for several things at once: which belong to a list, in which order, which go together."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz

from apps.extraction.documents import ChoiceDraft, Fact, QuestionKind
from apps.extraction.identity import digest, nearest_titles, skeleton
from apps.extraction.items.draft import QuestionPlan, item_key, plan_question
from apps.extraction.items.lists import CLOSED, ORDER, closed_items, is_complete
from apps.extraction.items.pools import ALIKE, WINDOW, Pools, about_of
from apps.extraction.items.prompts import joined, leaks, shown_context
from apps.extraction.lexicon import STOP_WORDS, canonical, is_verb, words
from apps.extraction.titles import clean_title, is_generic

MIN_WRONG, MAX_WRONG = 2, 3
MANY = 5
"""Items of a list from which three right ones are asked for instead of two."""
MIN_PAIRS, MAX_PAIRS = 3, 5
SURE = 0.75
"""Certainty from which a term is taken to go with what stands beside it."""
MIN_ORDER, MAX_ORDER = 3, 7
MAX_PAIR_WORDS = 14
MAX_NAME = 5
"""Words of an item that is a name rather than a statement."""
LENGTHS = (0.5, 2.0)
"""How much shorter or longer than a right item a wrong one may be."""
NUMBERS = {2: "TWO", 3: "THREE"}
_WORDED = re.compile(r"^[^<>=]+$")
"""Items that hold no sign of a path to click through."""
_PROS = re.compile(r"^(?:pros|advantages|benefits|strengths)$", re.I)
_CONS = re.compile(r"^(?:cons|disadvantages|drawbacks|weaknesses|limitations)$", re.I)


def ask_list(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Yield "which TWO belong here" where other lists hold items that cannot."""
    statement = fact.statement
    opener = clean_title(statement.label)
    key = item_key(statement, "question which belong")
    wrong = _foreign_items(place, fact, opener, pools)
    items = closed_items(statement.items)
    if len(wrong) < MIN_WRONG or len(items) < MIN_WRONG:
        return
    count = 3 if len(items) >= MANY else 2
    right = sorted(items, key=lambda item: digest(key, item))[:count]
    chosen = sorted(wrong, key=lambda item: digest(key, item))[:MAX_WRONG]
    everything = f"{opener}: {'; '.join(statement.items)}."
    choices = [ChoiceDraft(item, True, everything) for item in right]
    choices += [ChoiceDraft(item, False, f"That belongs to: {wrong[item]}.") for item in chosen]
    choices.sort(key=lambda choice: digest(key, "place", choice.text))
    ask = f"{opener}: which {NUMBERS[count]} of these belong here?"
    yield plan_question(
        place, fact, "which belong", QuestionKind.MULTIPLE, joined(shown_context(statement), ask),
        choices=tuple(choices), explanation=joined(shown_context(statement), everything),
    )  # fmt: skip


def _foreign_items(place: int, fact: Fact, opener: str, pools: Pools) -> dict[str, str]:
    """Return items of other lists that the note never brings together with this subject."""
    statement = fact.statement
    names = all(len(words(item)) <= MAX_NAME for item in statement.items)
    found: dict[str, str] = {}
    for other_place in pools.lists_near(place):
        other = pools.facts[other_place]
        label = clean_title(other.statement.label)
        if other_place == place or other.disputed or not is_complete(other):
            continue
        contrary = _are_contrary(opener, label) and about_of(other) == about_of(fact)
        closed = CLOSED.search(opener) and CLOSED.search(label) and names
        if not contrary and (not closed or _related(fact, other) or not _near(fact, other)):
            continue
        for item in closed_items(other.statement.items):
            if contrary or _is_foreign(item, fact, pools):
                found.setdefault(item, joined(shown_context(other.statement), label))
    return {
        item: home
        for item, home in found.items()
        if all(
            fuzz.token_set_ratio(item.lower(), own.lower()) < ALIKE
            and item[:1].isupper() == own[:1].isupper()
            and ("(" in item) == ("(" in own)
            and LENGTHS[0] <= len(item) / len(own) <= LENGTHS[1]
            for own in statement.items
        )
    }


def _are_contrary(one: str, other: str) -> bool:
    return bool(
        (_PROS.match(one) and _CONS.match(other)) or (_CONS.match(one) and _PROS.match(other))
    )


def _near(one: Fact, other: Fact) -> bool:
    """Return whether two lists stand in one chapter, so that items of one could be the other's."""
    first, second = one.statement.subject.path, other.statement.subject.path
    return bool(first and second) and first[:-1] == second[:-1]


def _related(one: Fact, other: Fact) -> bool:
    """Return whether two lists are about the same, or one stands below what the other is about."""
    first, second = about_of(one), about_of(other)
    above = {canonical(title) for title in (*one.statement.subject.path, *one.statement.items)}
    below = {canonical(title) for title in (*other.statement.subject.path, *other.statement.items)}
    same = canonical(one.statement.label) == canonical(other.statement.label)
    return first == second or same or second in above or first in below


def _is_foreign(item: str, fact: Fact, pools: Pools) -> bool:
    if len(words(item)) > MAX_NAME or is_generic(item):
        return False
    return not pools.says(fact.statement.subject.about, item)


def ask_order(place: int, fact: Fact) -> Iterator[QuestionPlan]:
    """Yield the task to put the steps of a fact in order."""
    statement = fact.statement
    if not MIN_ORDER <= len(statement.items) <= MAX_ORDER or not _WORDED.match(statement.text):
        return
    steps = "; ".join(f"{no}. {item}" for no, item in enumerate(statement.items, start=1))
    label = clean_title(statement.label)
    ask = "which order is right?" if label == ORDER else f"{label}: which order is right?"
    yield plan_question(
        place, fact, "order", QuestionKind.ORDER, joined(shown_context(statement), ask),
        accepted=statement.items, explanation=f"{steps}.",
    )  # fmt: skip


def ask_match(place: int, fact: Fact, pools: Pools) -> Iterator[QuestionPlan]:
    """Yield one matching of sibling terms and their meanings, at the first of them."""
    statement = fact.statement
    group = pools.groups[statement.topic, statement.parent]
    if not group or group[0] != place:
        return
    pairs = _pairs([pools.facts[other] for other in group[:WINDOW]])
    if len(pairs) < MIN_PAIRS:
        return
    context = shown_context(statement)
    key = digest(nearest_titles(statement.subject.path), skeleton(statement.context), "match")
    chosen = sorted(pairs, key=lambda pair: digest(key, pair.statement.label))[:MAX_PAIRS]
    chosen.sort(key=lambda pair: pair.spans)
    where = context or (statement.subject.path[-1] if statement.subject.path else "")
    plan = plan_question(
        place, fact, "match", QuestionKind.MATCH,
        joined(where, "which meaning goes with which term?"),
        choices=tuple(
            ChoiceDraft(pair.statement.label, True, _meaning(pair)) for pair in chosen
        ),
        explanation=" ".join(f"{pair.statement.label}: {_meaning(pair)}." for pair in chosen),
        spans=tuple(sorted({span for pair in chosen for span in pair.spans})),
    )  # fmt: skip
    yield replace(plan, base_key=key)


def _meaning(fact: Fact) -> str:
    return fact.statement.text.strip(" .;,")


def _pairs(facts: list[Fact]) -> list[Fact]:
    """Return the terms that can be told apart by their meanings alone."""
    kept: list[Fact] = []
    for fact in facts:
        label, meaning = fact.statement.label, _meaning(fact)
        fits = 1 < len(words(meaning)) <= MAX_PAIR_WORDS and 0 < len(words(label)) <= MAX_NAME
        verbal = is_verb(words(label)[0]) or words(label)[0].lower() in STOP_WORDS if fits else True
        verbal = verbal or fact.statement.certainty < SURE
        if fact.disputed or verbal or is_generic(label) or leaks(label, meaning):
            continue
        alike = any(
            fuzz.token_set_ratio(meaning.lower(), _meaning(other).lower()) >= ALIKE
            or canonical(other.statement.label) == canonical(label)
            or leaks(label, _meaning(other))
            or leaks(other.statement.label, meaning)
            for other in kept
        )
        if not alike:
            kept.append(fact)
    return kept
