"""Cuts gaps into what a fact says: its number, its names, or the words that tell."""

from dataclasses import replace

from apps.extraction.documents import CardKind, Fact
from apps.extraction.items.draft import CardPlan, full_text, plan_card
from apps.extraction.items.fitness import Gap
from apps.extraction.items.gaps import find_gaps
from apps.extraction.items.pools import content_words
from apps.extraction.items.prompts import definition_prompt, joined, shortened, shown_context
from apps.extraction.lexicon import words
from apps.extraction.sentences import own_subject
from apps.extraction.titles import clean_title, is_generic

MAX_VALUE_WORDS = 10
MAX_DEFINITION_WORDS = 28
MAX_GAPS = 2
MAX_OPTIONS = 4
MIN_NEW = 2
"""Words a meaning adds to its term where it repeats it."""
ALONE = 2
"""Words of a value that are its number and unit and nothing else."""
SAYS = 4
"""Words from which what stands under "Pros" says something, and is no bare value."""
_STRONG = 0.7
"""A second gap must be this good."""


def value_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the cards for an attribute: by its value, or by the number in a long value."""
    statement = fact.statement
    count = len(words(statement.text))
    sentence = full_text(fact)
    lead = len(statement.label) + 2
    cards = said_options(place, fact, sentence)
    if statement.quantities and count > ALONE and cards and "number" in cards[0].role:
        return cards
    if is_generic(statement.label) and count > SAYS and cards:
        return cards
    if count <= MAX_VALUE_WORDS:
        value = statement.text.rstrip(" .;,")
        plan = _cloze(place, fact, sentence, [Gap(lead, lead + len(value), "value", 1.0)], "")
        return [plan] if plan else []
    if statement.quantities and cards:
        return cards
    short = shortened(statement.text, MAX_DEFINITION_WORDS)
    if len(words(short)) > MAX_DEFINITION_WORDS:
        return cards
    front = f"{joined(shown_context(statement), clean_title(statement.label))}?"
    return [plan_card(place, fact, CardKind.DEFINITION, front, short, "value"), *cards]


def definition_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks for a term's meaning, if the meaning is short enough."""
    statement = fact.statement
    ask, answer = definition_prompt(statement.label, statement.text, shown_context(statement))
    answer = shortened(answer, MAX_DEFINITION_WORDS)
    if not answer or len(words(answer)) > MAX_DEFINITION_WORDS:
        return []
    told = content_words(statement.label)
    if told & content_words(answer) and len(content_words(answer) - told) < MIN_NEW:
        return []
    ask = f"{ask[:1].upper()}{ask[1:]}"
    return [plan_card(place, fact, CardKind.DEFINITION, ask, answer, "meaning")]


def said_options(place: int, fact: Fact, sentence: str) -> list[CardPlan]:
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
    plans = (_cloze(place, fact, sentence, group, statement.text) for group in groups[:MAX_OPTIONS])
    return [plan for plan in plans if plan is not None]


def _place_of(fact: Fact, sentence: str) -> str:
    """Return what to show before a sentence: its context, or its subject where it names none."""
    statement = fact.statement
    about = clean_title(statement.subject.about)
    if statement.context or own_subject(sentence) or about.lower() in sentence.lower():
        return shown_context(statement)
    return about


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
    front = joined(_place_of(fact, sentence), text + sentence[end:].rstrip())
    role = "+".join(gap.role for gap in gaps)
    factor = 0.7 + 0.3 * min(1.0, max(gap.score for gap in gaps))
    return plan_card(
        place, fact, CardKind.CLOZE, front, "", role,
        wording=masked if wording else "", factor=factor,
    )  # fmt: skip
