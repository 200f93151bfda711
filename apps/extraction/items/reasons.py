"""Asks why something is so, what a thing is for, and what a case at law is known for."""

import re

from apps.extraction.documents import CardKind, Fact
from apps.extraction.items.draft import CardPlan, full_text, plan_card
from apps.extraction.items.prompts import below, joined, shortened, shown_context
from apps.extraction.lexicon import is_verb, words
from apps.extraction.sentences import (
    is_base_verb,
    leading_pronoun,
    own_subject,
    split_sentences,
)
from apps.extraction.statements.simple import CASE_WITH_YEAR
from apps.extraction.verbs import is_past, third_person

MIN_SAID, MAX_SAID = 3, 14
"""Words of what a reason is asked for."""
MIN_WHY, MAX_WHY = 2, 18
"""Words of a reason that can be the answer."""
MAX_BASIC = 12
"""Words of an answer up to which it is given word for word."""
MIN_KNOWN, MAX_KNOWN = 3, 26
"""Words of what a case is known for."""
_BECAUSE = re.compile(
    r"^(?P<said>.+?),?\s+(?:because(?: of)?|due to|owing to|as a result of|so that|"
    r"since(?=\s(?:it|they|he|she|there|the\s\w+\s(?:is|are|was|were|has|have|can))\b))\s+"
    r"(?P<why>\S.*)$",
    re.I,
)
_IN_PART = re.compile(
    r"^(?:not|only|just|simply|mainly|partly)\b|\b(?:not|only|partly|mainly|just|simply|even)$",
    re.I,
)
"""Words before "because" that deny the reason or tell only a part of it."""
_CASE = re.compile(rf"(?:^|[.:;–(-]\s?)(?P<case>{CASE_WITH_YEAR})[\s,:–-]*(?P<known>.*)$")


def why_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks why, where a sentence gives the reason of what it says."""
    statement = fact.statement
    match = _BECAUSE.match(statement.text.rstrip(" .;,"))
    if match is None or statement.label:
        return []
    said, why = match["said"], match["why"]
    if not MIN_SAID <= len(words(said)) <= MAX_SAID or not MIN_WHY <= len(words(why)) <= MAX_WHY:
        return []
    first = words(said)[0].lower()
    whole = own_subject(said) or (statement.context and (third_person(first) or is_past(first)))
    if leading_pronoun(said) is not None or not whole or _IN_PART.search(said):
        return []
    kind = CardKind.DEFINITION if len(words(why)) > MAX_BASIC else CardKind.BASIC
    front = joined(shown_context(statement), f"{said} – why?")
    return [plan_card(place, fact, kind, front, why, "reason", wording=statement.text)]


def purpose_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks what a thing is for, where "to …" is all a line below it says."""
    statement = fact.statement
    purpose = statement.text.strip(" .;,")
    tokens = words(purpose)
    context = shown_context(statement)
    if not words(context) or statement.label or not MIN_SAID <= len(tokens) <= MAX_SAID:
        return []
    if tokens[0] != "to" or not is_base_verb(tokens[1]) or own_subject(purpose):
        return []
    if is_verb(words(context)[-1]) or len(split_sentences(purpose)) > 1:
        return []
    return [
        plan_card(
            place, fact, CardKind.DEFINITION, joined(context, "what for?"), purpose, "purpose",
            factor=0.9,
        )
    ]  # fmt: skip


def case_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks what is told of a case at law right behind its name."""
    match = _CASE.search(full_text(fact)) if " v" in full_text(fact) else None
    if match is None:
        return []
    known = shortened(match["known"].strip(" .;,()"), MAX_KNOWN)
    if not MIN_KNOWN <= len(words(known)) <= MAX_KNOWN:
        return []
    statement = fact.statement
    context = shown_context(statement)
    if statement.label and match["case"] not in statement.label:
        context = statement.label
    front = below(context, match["case"], "what is it known for?")
    return [plan_card(place, fact, CardKind.DEFINITION, front, known, "case", wording=known)]
