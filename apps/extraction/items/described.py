"""Asks what a note says of a term where nothing in it is worth a gap of its own."""

import re

from apps.extraction.documents import CardKind, Fact, Relation
from apps.extraction.items.draft import CardPlan, plan_card
from apps.extraction.items.prompts import below, is_sentence, joined, shortened, shown_context
from apps.extraction.lexicon import ARTICLES, COPULAS, MODALS, STOP_WORDS, words
from apps.extraction.roots import roots
from apps.extraction.sentences import leading_pronoun, own_subject
from apps.extraction.statements.labels import is_attribute
from apps.extraction.titles import clean_title, is_plural
from apps.extraction.verbs import is_past, third_person

MAX_TERM, MIN_SAID, MAX_SAID = 7, 2, 28
"""Words of a term that can be asked about, and of what is said of it."""
SHORT = 60
"""Characters of a context that leaves room for the question."""
_SAYS = re.compile(
    r"\b(?:rule|law|test|principle|theorem|theory|doctrine|hypothesis|postulate|axiom|maxim|act|"
    r"clause|article|amendment|treaty|edict)s?$",
    re.I,
)
"""What has a content of its own."""
_NO_TERM = re.compile(
    r"^(?:def|definition|note|nb|e\.?g|ex|example|see|source|fig|q|a|s|p|pp|ch|step|also|and|or|but|"
    r"then|related|tags?|answer|question|links?|tip|remember)\b|[?!]|\d$|^\W",
    re.I,
)
_NO_ANSWER = re.compile(
    r"^(?:see|cf|e\.?g|ex|ie|i\.e)\b|\?$|[|<>=\[\]{}→⇒↑↓]|\s\+(?:\s|$)|^[^\w(\"“‘']|\bexample\b", re.I
)
"""Signs of a formula, a sample or a line that goes on."""


_STATES = re.compile(
    r"^(?:when|if|in|on|at|by|for|from|with|to|only|no|not|never|always|must|can|cannot|same|more|"
    r"less|lower|higher|disabled|enabled|[a-z]+(?:ly|est))\b",
    re.I,
)
"""Openers of what holds for a thing, which is not what the thing is."""


def described_options(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks for all that is said beside a term, if it is short enough."""
    statement = fact.statement
    term = clean_title(statement.label)
    said = shortened(statement.text.strip(" .;,"), MAX_SAID)
    context = shown_context(statement)
    beside = statement.relation is Relation.IS_A and statement.label != statement.subject.about
    if not (beside or statement.relation is Relation.HAS_VALUE) or len(context) > SHORT:
        return []
    if is_sentence(context.split(" › ")[-1]) and context:
        return []
    if not 1 <= len(words(term)) <= MAX_TERM or _NO_TERM.search(term) or is_sentence(term):
        return []
    if not MIN_SAID <= len(words(said)) <= MAX_SAID or _NO_ANSWER.search(said):
        return []
    first = words(said)[0].lower()
    if leading_pronoun(said) is not None or first in COPULAS | MODALS:
        return []
    telling = [word for word in words(said) if word.lower() not in STOP_WORDS]
    if not telling or roots(said) <= roots(f"{term} {context}"):
        return []
    front = below(context, term, _question(term, said))
    if is_attribute(term):
        front = joined(context, f"{term}?")
    return [plan_card(place, fact, CardKind.DEFINITION, front, said, "description", factor=0.8)]


def _question(term: str, said: str) -> str:
    """Return a question that what is said answers, whatever form it has."""
    if _SAYS.search(term):
        return "what does it say?"
    first = words(said)[0].lower()
    if third_person(first) and not is_plural(term):
        return "what does it do?"
    if first not in ARTICLES and (_STATES.match(said) or is_past(first) or own_subject(said)):
        return "what applies?"
    return "what are they?" if is_plural(term) and words(term)[-1].islower() else "what is it?"
