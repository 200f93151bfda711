"""Drafts the cards of each fact: definition, cloze, list, order or abbreviation."""

import re
from collections.abc import Sequence
from dataclasses import replace

from apps.extraction.documents import CardKind, Fact, Relation, Statement
from apps.extraction.identity import digest, nearest_titles, skeleton
from apps.extraction.items.draft import CardPlan
from apps.extraction.items.gaps import Gap, find_gaps
from apps.extraction.items.prompts import definition_prompt, joined, shortened
from apps.extraction.lexicon import words
from apps.extraction.titles import clean_title

MAX_VALUE_WORDS = 10
MAX_DEFINITION_WORDS = 28
MAX_GAPS = 2
ALONE = 2
"""Words of a value that are its number and unit and nothing else."""
_STRONG = 0.7
"""A second gap must be this good."""
_FOLLOWED = re.compile(r"[\w)]$")


def draft_cards(facts: Sequence[Fact]) -> list[CardPlan]:
    """Return at most one card plan for each fact, with alternatives in case the lint refuses."""
    plans: list[CardPlan] = []
    for place, fact in enumerate(facts):
        options = _options(place, fact)
        if options:
            plans.append(replace(options[0], alternatives=tuple(options[1:])))
    return plans


def _options(place: int, fact: Fact) -> list[CardPlan]:
    statement = fact.statement
    match statement.relation:
        case Relation.HAS_PART | Relation.STEP:
            return [_list(place, fact)]
        case Relation.ANSWERS:
            front = joined(statement.context, statement.label)
            return [_plan(place, fact, CardKind.BASIC, front, statement.text, "answer")]
        case Relation.EXPANDS:
            front = joined(statement.context, f"what does {statement.label} stand for?")
            return [_plan(place, fact, CardKind.BASIC, front, statement.text, "expansion")]
        case Relation.IS_A:
            return [*_definition(place, fact), *_said(place, fact, _sentence(statement))]
        case Relation.HAS_VALUE:
            return _value(place, fact)
        case _:
            return _said(place, fact, statement.text)


def _plan(
    place: int, fact: Fact, kind: CardKind, front: str, back: str, role: str,
    *, wording: str = "", items: tuple[str, ...] = (), factor: float = 1.0,
) -> CardPlan:  # fmt: skip
    statement = fact.statement
    key = digest(
        nearest_titles(statement.subject.path),
        skeleton(statement.context),
        statement.relation,
        skeleton(statement.label),
        skeleton(wording),
        kind,
        role,
    )
    return CardPlan(
        base_key=key, fact=place, topic=statement.topic, path=statement.subject.path, kind=kind,
        front=front, back=back, items=items, spans=fact.spans,
        certainty=round(statement.certainty * factor * (0.6 if fact.disputed else 1.0), 3),
        role=role,
    )  # fmt: skip


def _list(place: int, fact: Fact) -> CardPlan:
    statement = fact.statement
    count = len(statement.items)
    if statement.relation is Relation.STEP:
        kind, ask = (
            CardKind.STEPS,
            f"{clean_title(statement.label)} — what are the {count} steps, in order?",
        )
    else:
        kind, ask = CardKind.LIST, f"{clean_title(statement.label)} — name the {count}."
    return _plan(
        place, fact, kind, joined(statement.context, ask), "\n".join(statement.items), "set",
        items=statement.items,
    )  # fmt: skip


def _definition(place: int, fact: Fact) -> list[CardPlan]:
    statement = fact.statement
    ask, answer = definition_prompt(statement.label, statement.text)
    answer = shortened(answer, MAX_DEFINITION_WORDS)
    if not answer or len(words(answer)) > MAX_DEFINITION_WORDS:
        return []
    front = joined(statement.context, ask)
    return [_plan(place, fact, CardKind.DEFINITION, front, answer, "meaning")]


def _sentence(statement: Statement) -> str:
    return f"{statement.label}: {statement.text}"


def _value(place: int, fact: Fact) -> list[CardPlan]:
    """An attribute is asked for by its value, or by the number in it where the value is long."""
    statement = fact.statement
    count = len(words(statement.text))
    sentence = _sentence(statement)
    lead = len(statement.label) + 2
    if statement.quantities and count > ALONE:
        cards = _said(place, fact, sentence)
        if cards and "number" in cards[0].role:
            return cards
    if count <= MAX_VALUE_WORDS:
        value = statement.text.rstrip(" .;,")
        gap = Gap(lead, lead + len(value), "value", 1.0)
        plan = _cloze(place, fact, sentence, [gap], "")
        return [plan] if plan else []
    cards = _said(place, fact, sentence)
    if statement.quantities and cards:
        return cards
    short = shortened(statement.text, MAX_DEFINITION_WORDS)
    if len(words(short)) > MAX_DEFINITION_WORDS:
        return cards
    front = f"{joined(statement.context, clean_title(statement.label))}?"
    return [_plan(place, fact, CardKind.DEFINITION, front, short, "value"), *cards]


def _said(place: int, fact: Fact, sentence: str) -> list[CardPlan]:
    """Return clozes of a sentence: the best gaps together, then each other gap alone."""
    statement = fact.statement
    shift = len(sentence) - len(statement.text)
    moved = tuple(
        replace(quantity, start=quantity.start + shift, end=quantity.end + shift)
        for quantity in statement.quantities
    )
    shown = " ".join((statement.context, statement.subject.about, *statement.subject.path[-2:]))
    gaps = [gap for gap in find_gaps(sentence, moved, shown) if gap.start >= shift]
    chosen: list[Gap] = []
    for gap in gaps:
        apart = all(gap.end < other.start - 1 or other.end + 1 < gap.start for other in chosen)
        if apart and len(chosen) < MAX_GAPS and (not chosen or gap.score >= _STRONG):
            chosen.append(gap)
    groups = [chosen, *([gap] for gap in gaps)] if chosen else []
    plans = (_cloze(place, fact, sentence, group, statement.text) for group in groups[:5])
    return [plan for plan in plans if plan is not None]


def _cloze(place: int, fact: Fact, sentence: str, gaps: list[Gap], wording: str) -> CardPlan | None:
    """Return a cloze card with the gaps cut into a sentence, in reading order."""
    if "{{" in sentence or "}}" in sentence or "::" in sentence:
        return None
    text, masked, end = "", "", 0
    for number, gap in enumerate(sorted(gaps, key=lambda gap: gap.start), start=1):
        text += f"{sentence[end : gap.start]}{{{{c{number}::{sentence[gap.start : gap.end]}}}}}"
        masked += sentence[end : gap.start] + " gap "
        end = gap.end
    masked += sentence[end:]
    front = joined(fact.statement.context, text + sentence[end:].rstrip())
    role = "+".join(gap.role for gap in gaps)
    factor = 0.7 + 0.3 * min(1.0, max(gap.score for gap in gaps))
    return _plan(
        place, fact, CardKind.CLOZE, front, "", role,
        wording=masked if wording else "", factor=factor,
    )  # fmt: skip
