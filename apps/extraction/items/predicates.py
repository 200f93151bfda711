"""Asks for all that a sentence says of the thing it is about, where the note says little of it."""

import re

from apps.extraction.documents import CardKind, Fact, Relation
from apps.extraction.items.clozes import whole_gap
from apps.extraction.items.described import (
    APPLIES,
    SURE,
    is_answer,
    leaves_room,
    names_a_thing,
)
from apps.extraction.items.draft import CardPlan, plan_card
from apps.extraction.items.pools import Pools
from apps.extraction.items.prompts import below, shown_context
from apps.extraction.lexicon import ARTICLES, COPULAS, MODALS, words
from apps.extraction.roots import roots
from apps.extraction.sentences import own_subject
from apps.extraction.statements.simple import bare
from apps.extraction.titles import is_generic, is_plural
from apps.extraction.verbs import is_past, third_person, word_set

MAX_SUBJECT, MIN_PREDICATE, MAX_PREDICATE = 4, 3, 18
"""Words of the subject of a sentence that names a thing, and of what is said of it."""
FEW_TOLD = 2
"""Facts that name a thing up to which one can tell what is wanted of "what does it do?"."""
_NAME = re.compile(r"[A-Z]\w*[A-Z\d]|\d|[a-z][A-Z]|\b[A-Z][\w'-]+ \(?[A-Z]")
"""What tells a name from a plain noun: capitals, a digit or two words with capitals."""
_NO_VERB = re.compile(r"^\w+ (?:(?:of|that|which|for|and|or|are|is)(?=\W|$)|\()|^\w+$", re.I)
"""What follows a plural noun, not a verb: "plans of", "limits that", "queues (not FIFO)"."""
_PARTICIPLES = word_set("named called known based used managed designed")
"""Past forms that tell what a thing is called or for, and no event."""
_POSSIBLE = word_set("can could may might will would should do does don't doesn't")
"""Verbs behind which anything may be said of a thing."""


def predicate_options(place: int, fact: Fact, pools: Pools) -> list[CardPlan]:
    """Return the card that asks for all that a sentence says of the thing it is about."""
    statement = fact.statement
    sentence = statement.text.rstrip(" .;,")
    own = own_subject(sentence)
    term, said, context = bare(own), sentence[len(own) :].strip(), shown_context(statement)
    if statement.relation is not Relation.STATES or not _is_new(own, fact):
        return []
    few = MIN_PREDICATE <= len(words(said)) <= MAX_PREDICATE
    if not (few and is_answer(said) and leaves_room(context)):
        return []
    ask, answer = _asked(said, term)
    shown = roots(f"{term} {context}")
    repeats = 2 * len(roots(answer) & shown) > len(roots(answer))
    if not ask or repeats or not pools.is_told_little(term, FEW_TOLD):
        return []
    if ask == APPLIES:
        if statement.certainty < SURE:
            return []
        short = whole_gap(place, fact, sentence, answer) if answer != said else []
        if short:
            return short
    front = below(context, term, ask)
    return [
        plan_card(
            place, fact, CardKind.DEFINITION, front, answer, "predicate", wording=sentence,
            factor=0.8,
        )
    ]  # fmt: skip


def _is_new(own: str, fact: Fact) -> bool:
    """Return whether the subject of a sentence is a thing of its own, not the one it stands below.

    "The keeper" is nobody to ask about where it has no name.
    """
    term, subject = bare(own), fact.statement.subject
    if not names_a_thing(term) or len(words(term)) > MAX_SUBJECT or is_generic(term):
        return False
    if own.lower().startswith("the ") and not _NAME.search(term):
        return False
    return not roots(term) <= roots(" ".join((*subject.path, *subject.chain, subject.about)))


def _asked(said: str, term: str) -> tuple[str, str]:
    """Return the question a predicate answers and the answer, or two empty texts for none.

    What holds for a thing is asked only of a thing with a name: a plain noun has too many answers.
    """
    first, _, rest = said.partition(" ")
    low, many = first.lower(), is_plural(term)
    named = _NAME.search(term) is not None
    if low in ("means", "mean"):
        return ("what do they mean?" if many else "what does it mean?"), rest
    if low in ("is", "are") and words(rest)[0].lower() in ARTICLES:
        return ("what are they?" if many else "what is it?"), rest
    if third_person(low) and not many:
        return ("", "") if _NO_VERB.search(said) else ("what does it do?", said)
    if not named or low in _POSSIBLE | _PARTICIPLES:
        return "", ""
    if low in COPULAS:
        return APPLIES, rest
    if is_past(low):
        return "what happened?", said
    return ("what do they do?" if many and low not in MODALS else APPLIES), said
