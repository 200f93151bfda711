"""Drafts the cards of each fact: definition, cloze, list, order, comparison or abbreviation."""

import re
from collections.abc import Iterator
from dataclasses import replace

from apps.extraction.documents import CardKind, Fact, Relation, Statement
from apps.extraction.items.clozes import (
    beside_options,
    definition_options,
    said_options,
    subject_offers,
    value_options,
)
from apps.extraction.items.comparisons import draft_comparisons
from apps.extraction.items.described import beside_date, described_options, is_law
from apps.extraction.items.draft import GAP, CardPlan, first_of, full_text, plan_card
from apps.extraction.items.glosses import is_gloss
from apps.extraction.items.lists import list_offers
from apps.extraction.items.pools import Pools, content_words
from apps.extraction.items.predicates import predicate_options
from apps.extraction.items.prompts import (
    below,
    is_clause,
    is_noun_phrase,
    is_sentence,
    joined,
    leaks,
    shortened,
    shown_context,
)
from apps.extraction.items.ranking import card_rank
from apps.extraction.items.reasons import case_options, purpose_options, why_options
from apps.extraction.items.worth import worth_asking
from apps.extraction.lexicon import canonical, words
from apps.extraction.progress import Tell, unheard, watched
from apps.extraction.titles import clean_title, is_generic, name_of, spells

MAX_BOTH_WAYS = 12
"""Words of a meaning from which its term can be asked for."""
MIN_TELLING = 4
"""Telling words a meaning needs to lead back to its term."""
LONG_SENTENCE = 12
"""Words from which a sentence tells more than its number."""
MAX_TERM_WORDS = 5
MAX_USE_WORDS = 12
_WORDS = frozenset({"name", "tail", "object"})
"""The roles of gaps that leave out words, not a number, a value or one of a series."""
_ASKS = {
    Relation.DONE_BY: "which command?",
    Relation.HAPPENED: "what happened?",
    Relation.LEADS_TO: "what follows?",
}
_USE = re.compile(
    r"^(?:use[ -]?cases?|used (?:for|to|in)|uses?|good for|great for|best for|ideal for|"
    r"suited (?:for|to)|indications?|when to use)$",
    re.I,
)
_SAYS_WHAT = re.compile(
    r"descri|defini|overview|intro|what|concept|basic|foundation|summary|terms|terminology", re.I
)
"""Titles under which a thing is said to be what it is."""
_COMMAND = re.compile(r"://|\s--?[a-z]+|\$\w")
_ABBREVIATED = re.compile(
    r"(?P<long>(?:[A-Z][\w-]+|of|and|for|the|to|in|[a-z]{3,}-?)(?:[ -](?:[A-Z][\w-]+|of|and|for|"
    r"the|to|in|[a-z]{3,})){1,6}) ?\((?P<short>[A-Z][A-Za-z]{0,6}[A-Z])s?\)"
)


def draft_cards(
    pools: Pools, stressed: frozenset[int] = frozenset(), tell: Tell = unheard
) -> list[CardPlan]:
    """Return the card plans of a note in the order of their facts, ranked.

    Each has alternatives in case the lint refuses it. `stressed` are lines the note sets off.
    """
    facts = pools.facts
    plans: list[CardPlan] = []
    compared: dict[int, list[CardPlan]] = {}
    for plan in draft_comparisons(facts, pools):
        compared.setdefault(plan.fact, []).append(plan)
    spelt: set[str] = set()
    for place, fact in enumerate(watched(facts, tell)):
        offers = [*_offers(place, fact, pools), *_abbreviations(place, fact, spelt)]
        offers += [[plan] for plan in compared.get(place, ())]
        found = [plan for offer in offers for plan in first_of(worth_asking(offer, fact, pools))]
        if all(map(_is_weak, found)):
            found = (
                described_options(place, fact, pools)
                or found
                or predicate_options(place, fact, pools)
            )
        plans += [*found, *case_options(place, fact)]
    return [replace(plan, rank=card_rank(plan, facts[plan.fact], stressed)) for plan in plans]


def _offers(place: int, fact: Fact, pools: Pools) -> list[list[CardPlan]]:
    """Return the cards of one fact, each purpose with its alternatives, the main one first."""
    statement = fact.statement
    match statement.relation:
        case Relation.HAS_PART | Relation.STEP:
            return list_offers(place, fact)
        case Relation.ANSWERS:
            return [[_answer(place, fact)]]
        case Relation.EXPANDS:
            return [[_expansion(place, fact, statement.label, statement.text)]]
        case Relation.IS_A:
            return _meanings(place, fact, pools)
        case Relation.HAS_VALUE:
            return [value_options(place, fact), list(_thing_for(place, fact, pools))]
        case Relation.HAPPENED:
            return [[_asked(place, fact)], _dated(place, fact), beside_date(place, fact)]
        case Relation.DONE_BY | Relation.LEADS_TO:
            return [[_asked(place, fact)]]
        case _:
            return _said_offers(place, fact)


def _said_offers(place: int, fact: Fact) -> list[list[CardPlan]]:
    """Return the cards of a plain sentence: what for or why, else what it tells."""
    options = said_options(place, fact, fact.statement.text)
    purpose, why = purpose_options(place, fact), why_options(place, fact)
    if purpose or why:
        return [purpose or why, [plan for plan in options if "number" in plan.role]]
    more = _further(options) if fact.statement.prose else []
    return [options, more, *subject_offers(place, fact)]


def _meanings(place: int, fact: Fact, pools: Pools) -> list[list[CardPlan]]:
    """Return the cards of a term: its meaning, the way back, and a number in it.

    Where the note does not say what the term is, it is asked by a gap as any other sentence.
    """
    statement = fact.statement
    said = said_options(place, fact, full_text(fact))
    if is_sentence(statement.label) or _is_aside(statement) or not pools.is_defined_at(place):
        return [said]
    meaning = definition_options(place, fact)
    if is_law(statement.label):
        return [[*described_options(place, fact, pools), *said, *meaning]]
    if is_clause(statement.text) and said:
        return [[*said, *meaning]]
    if not meaning:
        return [[*said, *beside_options(place, fact)]]
    numbers = [plan for plan in said if "number" in plan.role]
    return [[*meaning, *said], list(_term_for(place, fact, pools)), numbers]


def _is_weak(plan: CardPlan) -> bool:
    """Return whether a card asks for some words of what stands beside a term."""
    return plan.kind is CardKind.CLOZE and plan.role in _WORDS


def _is_aside(statement: Statement) -> bool:
    """Return whether what opens a part such as "Pricing" is taken for what its subject is."""
    title = statement.subject.path[-1] if statement.subject.path else ""
    same = statement.label == statement.subject.about
    return same and is_generic(title) and not _SAYS_WHAT.search(title)


def _answer(place: int, fact: Fact) -> CardPlan:
    statement = fact.statement
    front = joined(shown_context(statement), statement.label)
    return plan_card(place, fact, CardKind.BASIC, front, statement.text, "answer")


def _asked(place: int, fact: Fact) -> CardPlan:
    """Ask for the command of a task, the event of a date or what follows from a cause."""
    statement = fact.statement
    front = below(shown_context(statement), statement.label, _ASKS[statement.relation])
    kind = CardKind.DEFINITION if len(words(statement.text)) > MAX_BOTH_WAYS else CardKind.BASIC
    return plan_card(place, fact, kind, front, statement.text.rstrip("."), "answer")


def _dated(place: int, fact: Fact) -> list[CardPlan]:
    """Ask when something happened."""
    statement = fact.statement
    happened = shortened(statement.text.rstrip(" .;,"), MAX_BOTH_WAYS)
    if len(words(happened)) > MAX_BOTH_WAYS:
        return []
    front = below(shown_context(statement), happened, "when?")
    return [plan_card(place, fact, CardKind.BASIC, front, statement.label, "date")]


def _further(options: list[CardPlan]) -> list[CardPlan]:
    """Return the ways to ask a long sentence of a paragraph for something else that it tells."""
    first = options[0] if options else None
    if first is None or first.kind is not CardKind.CLOZE or "number" not in first.role:
        return []
    shown = len(words(GAP.sub(lambda gap: gap["hidden"], first.front)))
    hidden = {gap["hidden"] for gap in GAP.finditer(first.front)}
    others = [
        each
        for each in options[1:]
        if not any(amount in gap["hidden"] for gap in GAP.finditer(each.front) for amount in hidden)
    ]
    return others if shown >= LONG_SENTENCE else []


def _expansion(place: int, fact: Fact, short: str, long: str) -> CardPlan:
    front = f"What does “{short}” stand for?"
    return plan_card(place, fact, CardKind.ACRONYM, front, long, "expansion", wording=short)


def _abbreviations(place: int, fact: Fact, spelt: set[str]) -> Iterator[list[CardPlan]]:
    """Yield a card for an abbreviation that a fact spells out in passing, the first time only."""
    statement = fact.statement
    if statement.relation is Relation.EXPANDS:
        spelt.add(statement.label)
        return
    said = full_text(fact)
    for match in _ABBREVIATED.finditer(said) if "(" in said else ():
        short = match["short"]
        long = _spelt_out(short, match["long"])
        if long and short not in spelt:
            spelt.add(short)
            yield [replace(_expansion(place, fact, short, long), path=statement.subject.path)]


def _spelt_out(short: str, long: str) -> str:
    """Return the last words of a text that an abbreviation abbreviates, or ""."""
    tokens = long.split()
    for count in range(2, min(len(tokens), len(short) + 2) + 1):
        part = " ".join(tokens[-count:])
        if part[0].upper() == short[0] and spells(short, part):
            return part
    return ""


def _term_for(place: int, fact: Fact, pools: Pools) -> Iterator[CardPlan]:
    """Yield the card that asks from a meaning back to its term, where it fits one term only."""
    statement = fact.statement
    meaning = statement.text.strip(" .;,")
    telling = content_words(meaning)
    term = clean_title(statement.label)
    if _COMMAND.search(meaning) or not is_gloss(meaning):
        return
    if fact.disputed or len(telling) < MIN_TELLING or len(words(meaning)) > MAX_BOTH_WAYS:
        return
    if len(words(term)) > MAX_TERM_WORDS or is_generic(term) or leaks(term, meaning):
        return
    where = _place_of(term, fact)
    if where and is_noun_phrase(meaning, term) and pools.is_unique(place, meaning):
        front = f"{where}: which term is meant by “{meaning}”?"
        yield plan_card(place, fact, CardKind.BASIC, front, term, "term")


def _place_of(term: str, fact: Fact) -> str:
    """Return what a term belongs to, or "" if nothing tells it without naming the term."""
    statement = fact.statement
    path = [clean_title(name_of(title)) for title in statement.subject.path]
    telling = [shown_context(statement), *(title for title in reversed(path))]
    return next(
        (each for each in telling if each and not (is_generic(each) or leaks(term, each))), ""
    )


def _thing_for(place: int, fact: Fact, pools: Pools) -> Iterator[CardPlan]:
    """Yield "which one is for …" where the note has this use for one thing only."""
    statement = fact.statement
    about = clean_title(name_of(statement.subject.about))
    use = statement.text.strip(" .;,")
    path = [canonical(clean_title(name_of(title))) for title in statement.subject.path]
    if not _USE.match(statement.label) or canonical(about) in path or is_generic(about):
        return
    if not 1 < len(words(use)) <= MAX_USE_WORDS or leaks(about, use) or not path:
        return
    if not pools.is_unique(place, use):
        return
    where = clean_title(name_of(statement.subject.path[-1]))
    front = f"{where}: which one is used for “{use}”?"
    yield plan_card(place, fact, CardKind.BASIC, front, about, "thing")
