"""Asks what a note says of a term where nothing in it is worth a gap of its own."""

import re

from apps.extraction.documents import CardKind, Fact, Relation
from apps.extraction.items.clozes import whole_gap
from apps.extraction.items.draft import CardPlan, full_text, plan_card
from apps.extraction.items.glosses import is_gloss
from apps.extraction.items.pools import Pools
from apps.extraction.items.prompts import below, is_sentence, joined, shortened, shown_context
from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    PRONOUNS,
    STOP_WORDS,
    is_verb,
    words,
)
from apps.extraction.roots import roots
from apps.extraction.sentences import balanced, leading_pronoun, own_subject
from apps.extraction.statements.labels import KNOWN_FOR, is_attribute
from apps.extraction.statements.simple import bare
from apps.extraction.titles import clean_title, is_generic, is_plural
from apps.extraction.verbs import is_past, third_person, word_set

MAX_TERM, MIN_SAID, MAX_SAID = 7, 2, 28
"""Words of a term that can be asked about, and of what is said of it."""
MAX_SUBJECT, MIN_PREDICATE, MAX_PREDICATE = 4, 3, 18
"""Words of the subject of a sentence that names a thing, and of what is said of it."""
_NO_SUBJECT = re.compile(
    r"\b(?:this|that|these|those|it|they|we|you|he|she|i|one|ones|other|others|another|each|every|"
    r"all|some|any|most|many|both|which|who|what|first|second|there|here|my|your|our|his|her|"
    r"their|its|same|something|nothing|everything|anything|someone|anyone|people|lots|multiple|"
    r"several|few|new|good|below|above|once|additional|only|still|always|already|also|then|not|no|"
    r"by|if|when|use|using|[a-z]+ly)\b|[,=>&/]",
    re.I,
)
"""Words of a subject that only stands for one named elsewhere, and of a clause that is none."""
_NAME = re.compile(r"[A-Z]\w*[A-Z\d]|\d|[a-z][A-Z]|\b[A-Z][\w'-]+ \(?[A-Z]")
"""What tells a name from a plain noun: capitals, a digit or two words with capitals."""
_NO_VERB = re.compile(r"^\w+ (?:(?:of|that|which|for|and|or|are|is|to to)(?=\W|$)|\()|^\w+$", re.I)
"""What follows a plural noun, not a verb: "plans of", "limits that", "queues (not FIFO)"."""
FEW_TOLD, FEW_BESIDE = 2, 4
"""Facts that name a thing up to which one can tell what is wanted of it, from a sentence and from
what stands beside it."""
APPLIES = "what applies?"
SURE = 0.6
"""Certainty from which a thing is taken to stand where a line below it says something of it."""
_BROAD = frozenset({APPLIES, "what does it do?"})
"""Questions that a thing of which much is said answers in many ways."""
_PARTICIPLES = word_set("named called known based used managed designed")
_POSSIBLE = word_set("can could may might will would should do does don't doesn't")
SHORT = 60
"""Characters of a context that leaves room for the question."""
_SAYS = re.compile(
    r"\b(?:rule|law|test|principle|theorem|theory|doctrine|hypothesis|postulate|axiom|maxim|act|"
    r"clause|article|amendment|treaty|edict)$",
    re.I,
)
_LAW = re.compile(r"^(?:law|rule|principle|theorem|doctrine|theory) of\b", re.I)
"""What has a content of its own."""
_CONDITION = re.compile(
    r"^(?:under|over|above|below|if|when|in|on|at|with|without|after|before|during|both)\b",
    re.I,
)
"""Openers of a condition, for which something applies."""
_NO_TERM = re.compile(
    r"^(?:def|definition|note|nb|e\.?g|ex|example|see|source|fig|q|a|s|p|pp|ch|step|also|and|or|but|"
    r"then|workaround|option|scenario|approach|way|point|reason|related|tags?|answer|question|links?|tip|remember)\b|^(?:step|part|slide|week|lecture|fig\w*|page) ?\d|[?!]|^\d+$|^\W",
    re.I,
)
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*|;\s(?=[\w ]+ = )|\.\s(?=[\w ]+ = )")
"""What leads on from what a thing is to what follows from it, or to the next thing."""
_CITATION = re.compile(r"\s*\([^()]* v\.? [^()]*\)\.?$")
"""The case that a statement of the law is taken from."""
_NO_ANSWER = re.compile(
    r"^(?:see|cf|e\.?g|ex|ie|i\.e)\b|\?$|[|<>\[\]{}→⇒↑↓]|=(?![^()]*\))|\s\+$|^[^\w(\"“‘']|\bexample\b", re.I
)
"""Signs of a formula, a sample or a line that goes on."""


_STATES = re.compile(
    r"^(?:when|if|in|on|at|by|for|from|with|to|per|using|only|no|not|never|always|must|can|cannot|same|more|"
    r"less|lower|higher|disabled|enabled|[a-z]+(?:ly|est))\b",
    re.I,
)
"""Openers of what holds for a thing, which is not what the thing is."""


def described_options(place: int, fact: Fact, pools: Pools) -> list[CardPlan]:
    """Return the card that asks for all that is said beside a term, if it is short enough."""
    statement = fact.statement
    term = clean_title(statement.label)
    said = _ARROW.split(_CITATION.sub("", statement.text), maxsplit=1)[0].strip(" .;,")
    said = shortened(said if balanced(said) else said.rpartition(" (")[0], MAX_SAID)
    context = shown_context(statement)
    beside = statement.relation is Relation.IS_A and statement.label != statement.subject.about
    if not (beside or statement.relation is Relation.HAS_VALUE) or len(context) > SHORT:
        return []
    if is_sentence(context.split(" › ")[-1]) and context:
        return []
    told = term == KNOWN_FOR or _CONDITION.match(term) or not is_sentence(term)
    if not 1 <= len(words(term)) <= MAX_TERM or _NO_TERM.search(term) or not told:
        return []
    if not MIN_SAID <= len(words(said)) <= MAX_SAID or _NO_ANSWER.search(said):
        return []
    first = words(said)[0].lower()
    if leading_pronoun(said) is not None or first in COPULAS | MODALS:
        return []
    telling = [word for word in words(said) if word.lower() not in STOP_WORDS]
    if not telling or roots(said) <= roots(f"{term} {context}"):
        return []
    ask = _question(term, said)
    if ask == APPLIES and words(said)[0].lower().endswith("ing"):
        return []
    if ask == APPLIES and not is_attribute(term):
        short = whole_gap(place, fact, full_text(fact).rstrip(" .;,"), said)
        if short or statement.certainty < SURE:
            return short
    if ask in _BROAD and not pools.is_told_little(term, FEW_BESIDE):
        return []
    if term == KNOWN_FOR:
        front = joined(context, "what is it known for?")
        return [plan_card(place, fact, CardKind.DEFINITION, front, said, "case")]
    front = joined(context, f"{term}?") if is_attribute(term) else below(context, term, ask)
    return [plan_card(place, fact, CardKind.DEFINITION, front, said, "description", factor=0.8)]


def is_law(term: str) -> bool:
    """Return whether a term is a law, a rule or a theory, which says something."""
    return _SAYS.search(term) is not None or _LAW.match(term) is not None


def beside_date(place: int, fact: Fact) -> list[CardPlan]:
    """Return the card that asks what the thing is that a date names: "1215 - Magna Carta, …"."""
    statement = fact.statement
    term, _, said = statement.text.rstrip(" .;,").partition(", ")
    if not 1 <= len(words(term)) <= MAX_SUBJECT or own_subject(f"{term} .") or is_sentence(term):
        return []
    if not MIN_SAID <= len(words(said)) <= MAX_PREDICATE or _NO_ANSWER.search(said):
        return []
    if _NO_TERM.search(term) or _NO_SUBJECT.search(term) or leading_pronoun(said) is not None:
        return []
    front = below(shown_context(statement), term, _question(term, said))
    return [plan_card(place, fact, CardKind.DEFINITION, front, said, "description", factor=0.8)]


def _question(term: str, said: str) -> str:
    """Return a question that what is said answers, whatever form it has."""
    if is_law(term):
        return "what does it say?"
    if _CONDITION.match(term):
        return APPLIES
    first = words(said)[0].lower()
    many = is_plural(term)
    if first in ("means", "mean"):
        return "what does it mean?"
    if third_person(first) and not many:
        return "what does it do?"
    state = _STATES.match(said) or is_verb(first) or is_past(first) or first in PRONOUNS
    if first not in ARTICLES and (state or own_subject(said)):
        return APPLIES
    if own_subject(said) or not is_gloss(said):
        return APPLIES
    return "what are they?" if many and words(term)[-1].islower() else "what is it?"


def predicate_options(place: int, fact: Fact, pools: Pools) -> list[CardPlan]:
    """Return the card that asks for all that a sentence says of the thing it is about."""
    statement = fact.statement
    sentence = statement.text.rstrip(" .;,")
    own = own_subject(sentence)
    term = bare(own)
    if own.lower().startswith("the ") and not _NAME.search(term):
        return []
    if statement.relation is not Relation.STATES or not 1 <= len(words(term)) <= MAX_SUBJECT:
        return []
    if _NO_TERM.search(term) or _NO_SUBJECT.search(own) or is_generic(term):
        return []
    subject = statement.subject
    if roots(term) <= roots(" ".join((*subject.path, *subject.chain, subject.about))):
        return []
    said = sentence[len(own) :].strip()
    if not MIN_PREDICATE <= len(words(said)) <= MAX_PREDICATE or _NO_ANSWER.search(said):
        return []
    ask, answer = _predicate(said, term)
    context = shown_context(statement)
    if not ask or not pools.is_told_little(term, FEW_TOLD):
        return []
    if len(context) > SHORT or is_sentence(context.split(" › ")[-1]) and context:
        return []
    if 2 * len(roots(answer) & roots(f"{term} {context}")) > len(roots(answer)):
        return []
    if ask == APPLIES:
        short = whole_gap(place, fact, sentence, answer) if answer != said else []
        if short or statement.certainty < SURE:
            return short
    front = below(context, term, ask)
    return [
        plan_card(
            place, fact, CardKind.DEFINITION, front, answer, "predicate", wording=sentence,
            factor=0.8,
        )
    ]  # fmt: skip


def _predicate(said: str, term: str) -> tuple[str, str]:
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
    if low in COPULAS:
        return (APPLIES, rest) if named else ("", "")
    if is_past(low):
        return ("what happened?", said) if named and low not in _PARTICIPLES else ("", "")
    if third_person(low) and not many:
        return ("", "") if _NO_VERB.search(said) else ("what does it do?", said)
    if low in _POSSIBLE or not named:
        return "", ""
    return ("what do they do?" if many and low not in MODALS else APPLIES), said
