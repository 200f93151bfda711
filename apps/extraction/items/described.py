"""Asks what a note says of a term where nothing in it is worth a gap of its own."""

import re

from apps.extraction.documents import CardKind, Fact, Relation, Statement
from apps.extraction.items.clozes import whole_gap
from apps.extraction.items.draft import CardPlan, full_text, plan_card
from apps.extraction.items.glosses import is_gloss
from apps.extraction.items.pools import Pools
from apps.extraction.items.prompts import below, is_sentence, joined, shortened, shown_context
from apps.extraction.lexicon import ARTICLES, COPULAS, MODALS, PRONOUNS, STOP_WORDS, is_verb, words
from apps.extraction.roots import roots
from apps.extraction.sentences import balanced, leading_pronoun, own_subject
from apps.extraction.statements.labels import KNOWN_FOR, is_attribute
from apps.extraction.titles import clean_title, is_plural
from apps.extraction.verbs import is_past, third_person

MAX_TERM, MIN_SAID, MAX_SAID = 7, 2, 28
"""Words of a term that can be asked about, and of what is said of it."""
MAX_DATED, MAX_DATED_SAID = 4, 18
"""Words of what a date names, and of what is said of it."""
FEW_TOLD = 4
"""Facts that name a term up to which one can tell what is wanted of it."""
APPLIES = "what applies?"
BROAD = frozenset({APPLIES, "what does it do?"})
"""Questions that a thing of which much is said answers in many ways."""
SURE = 0.6
"""Certainty from which a thing is taken to stand where a line below it says something of it."""
MAX_CONTEXT = 60
"""Characters of a context that leaves room for the question."""
_SAYS = re.compile(
    r"\b(?:rule|law|test|principle|theorem|theory|doctrine|hypothesis|postulate|axiom|maxim|act|"
    r"clause|article|amendment|treaty|edict)$|"
    r"^(?:law|rule|principle|theorem|doctrine|theory) of\b",
    re.I,
)
"""What has a content of its own."""
_CONDITION = re.compile(
    r"^(?:under|over|above|below|if|when|in|on|at|with|without|after|before|during|both)\b", re.I
)
"""Openers of a condition, for which something applies."""
_NO_TERM = re.compile(
    r"^(?:def|definition|note|nb|e\.?g|ex|example|see|source|fig|q|a|s|p|pp|ch|step|also|and|or|"
    r"but|then|workaround|option|scenario|approach|way|point|reason|related|tags?|answer|"
    r"question|links?|tip|remember)\b|^(?:step|part|slide|week|lecture|fig\w*|page) ?\d|"
    r"[?!]|^\d+$|^\W",
    re.I,
)
_STANDS_FOR_ANOTHER = re.compile(
    r"\b(?:this|that|these|those|it|they|we|you|he|she|i|one|ones|other|others|another|each|every|"
    r"all|some|any|most|many|both|which|who|what|first|second|there|here|my|your|our|his|her|"
    r"their|its|same|something|nothing|everything|anything|someone|anyone|people|lots|multiple|"
    r"several|few|new|good|below|above|once|additional|only|still|always|already|also|then|not|no|"
    r"by|if|when|use|using|[a-z]+ly)\b|[,=>&/]",
    re.I,
)
"""Words of a subject that only stands for one named elsewhere, and of a clause that is none."""
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*|[;.]\s(?=[\w ]{1,40} = )")
"""What leads on from what a thing is to what follows from it, or to the next thing."""
_CITATION = re.compile(r"\s*\([^()]* v\.? [^()]*\)\.?$")
"""The case that a statement of the law is taken from."""
_NO_ANSWER = re.compile(
    r"^(?:see|cf|e\.?g|ex|ie|i\.e)\b|\?$|[|<>\[\]{}→⇒↑↓]|=(?![^()]*\))|\s\+$|"
    r"^[^\w(\"“‘']|\bexample\b",
    re.I,
)
"""Signs of a formula, a sample or a line that goes on."""
_DOING = re.compile(r"^\w+ing\b", re.I)
"""What somebody does, which is nothing that applies to a thing."""
_STATES = re.compile(
    r"^(?:when|if|in|on|at|by|for|from|with|to|per|using|only|no|not|never|always|must|can|cannot|"
    r"same|more|less|lower|higher|disabled|enabled|[a-z]+(?:ly|est))\b",
    re.I,
)
"""Openers of what holds for a thing, which is not what the thing is."""


def described_options(place: int, fact: Fact, pools: Pools) -> list[CardPlan]:
    """Return the card that asks for all that is said beside a term, if it is short enough."""
    statement = fact.statement
    term, said, context = clean_title(statement.label), _said(statement), shown_context(statement)
    if not (_stands_beside(statement) and leaves_room(context)):
        return []
    if not _can_be_asked(term) or not _can_answer(said, f"{term} {context}"):
        return []
    if term == KNOWN_FOR:
        front = joined(context, "what is it known for?")
        return [plan_card(place, fact, CardKind.DEFINITION, front, said, "case")]
    ask = _question(term, said)
    front = joined(context, f"{term}?") if is_attribute(term) else below(context, term, ask)
    if ask == APPLIES and not is_attribute(term):
        if statement.certainty < SURE or _DOING.match(said):
            return []
        short = whole_gap(place, fact, full_text(fact).rstrip(" .;,"), said)
        if short:
            return short
    fair = ask not in BROAD or pools.is_told_little(term, FEW_TOLD)
    return [_card(place, fact, front, said)] if fair else []


def beside_date(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks what the thing is that a date names: "1215 - Magna Carta, …"."""
    term, _, said = fact.statement.text.rstrip(" .;,").partition(", ")
    few = len(words(term)) <= MAX_DATED and len(words(said)) <= MAX_DATED_SAID
    if not few or not names_a_thing(term) or own_subject(f"{term} .") or is_sentence(term):
        return []
    if not is_answer(said) or leading_pronoun(said) is not None:
        return []
    front = below(shown_context(fact.statement), term, _question(term, said))
    return [_card(place, fact, front, said)]


def is_law(term: str) -> bool:
    """Return whether a term is a law, a rule or a theory, which says something."""
    return _SAYS.search(term) is not None


def leaves_room(context: str) -> bool:
    """Return whether a context is short and names a place rather than says something."""
    nearest = context.rsplit(" › ", maxsplit=1)[-1]
    return len(context) <= MAX_CONTEXT and not (nearest and is_sentence(nearest))


def names_a_thing(term: str) -> bool:
    """Return whether a term names a thing that can be asked about, and only stands for none."""
    return bool(words(term)) and not (_NO_TERM.search(term) or _STANDS_FOR_ANOTHER.search(term))


def is_answer(said: str) -> bool:
    """Return whether a text reads as an answer: no formula, no sample, no line that goes on."""
    return len(words(said)) >= MIN_SAID and _NO_ANSWER.search(said) is None


def _stands_beside(statement: Statement) -> bool:
    own = statement.relation is Relation.IS_A and statement.label != statement.subject.about
    return own or statement.relation is Relation.HAS_VALUE


def _said(statement: Statement) -> str:
    """Return what is said of a term, without what follows from it and the case it is taken from."""
    said = _ARROW.split(_CITATION.sub("", statement.text), maxsplit=1)[0].strip(" .;,")
    return shortened(said if balanced(said) else said.rpartition(" (")[0], MAX_SAID)


def _can_be_asked(term: str) -> bool:
    known = term == KNOWN_FOR or _CONDITION.match(term) is not None or not is_sentence(term)
    return known and 1 <= len(words(term)) <= MAX_TERM and _NO_TERM.search(term) is None


def _can_answer(said: str, shown: str) -> bool:
    """Return whether what is said tells something beside what is shown, in few enough words."""
    if not is_answer(said) or len(words(said)) > MAX_SAID or leading_pronoun(said) is not None:
        return False
    telling = any(word.lower() not in STOP_WORDS for word in words(said))
    open_ended = words(said)[0].lower() in COPULAS | MODALS
    return telling and not open_ended and not roots(said) <= roots(shown)


def _card(place: int, fact: Fact, front: str, said: str) -> CardPlan:
    return plan_card(place, fact, CardKind.DEFINITION, front, said, "description", factor=0.8)


def _question(term: str, said: str) -> str:
    """Return a question that what is said answers, whatever form it has."""
    first = words(said)[0].lower()
    many = is_plural(term)
    if is_law(term):
        return "what does it say?"
    if first in ("means", "mean"):
        return "what does it mean?"
    if third_person(first) and not many:
        return "what does it do?"
    if _CONDITION.match(term) or own_subject(said) or not _is_noun(said, first):
        return APPLIES
    return "what are they?" if many and words(term)[-1].islower() else "what is it?"


def _is_noun(said: str, first: str) -> bool:
    """Return whether what is said names the kind of thing a term is."""
    state = _STATES.match(said) or is_verb(first) or is_past(first) or first in PRONOUNS
    return is_gloss(said) and (first in ARTICLES or not state)
