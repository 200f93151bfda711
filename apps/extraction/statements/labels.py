"""Reads "Label: value" and its kin: a meaning, an attribute, an abbreviation, a date, a cause."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from apps.extraction.documents import Node, NodeKind, Relation, Statement
from apps.extraction.lexicon import QUALIFIER, canonical, words
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import POSSESSIVE, leading_pronoun, own_subject, split_label
from apps.extraction.statements.simple import CASE, context_of, trimmed
from apps.extraction.titles import DATED, clean_title, is_generic, spells
from apps.extraction.verbs import third_person

_ATTRIBUTE = re.compile(
    r"\b(?:size|length|limit|default|max(?:imum)?|min(?:imum)?|number|#|price|cost|duration|"
    r"time ?out|"
    r"period|throughput|capacity|format|location|type|port|layer|range|rate|retention|version|"
    r"analogy|purpose|use cases?(?: patterns?)?|goal|benefit|drawback|scope|availability|"
    r"durability|latency|memory|storage|method|protocols?|area|charge|volume|pressure|frequency|"
    r"iops|bandwidth|weight|speed|date|year|cause|effect|result|function|role|dose|dosage|"
    r"diagnosis|treatment|therapy|prognosis|symptoms?|signs?|onset|incidence|prevalence|"
    r"mortality|half-life|screening|target|aim|capital|population|temperature|depth|height|"
    r"width|mass|density|value|threshold|cut-?off|formula|unit|symbol|charge|remedy|penalty|"
    r"deadline|quorum|majority|founder|leader|author|successor|predecessor|complexity|"
    r"distance|term|inputs?|outputs?|remedies|side effects?|mechanism|indications?|"
    r"contraindications?)\b",
    re.I,
)
_TOLD_AT_LENGTH = re.compile(
    r"(?:main |primary )?(?:aim|goal|purpose|analogy|effect|cause|mechanism|benefit|drawback|"
    r"result)",
    re.I,
)
"""Attributes whose value may be a whole phrase."""
_MEASURED = re.compile(r"^(?:max|min|default|number)|^#", re.I)
_STATE = re.compile(
    r"(?:(?:always|never|not|only|usually|fully|mostly) )*(?:enabled|disabled|on|off|available|"
    r"unavailable|required|optional|mandatory|unlimited|free|supported|unsupported|allowed|"
    r"forbidden|included|excluded|active|inactive|manual|automatic|possible)\b(?! [a-z]+s?\b$)|"
    r"[a-z]+ed (?:by|with|at|per|from|in|on|through)\b",
    re.I,
)
"""A state a thing is in, as far as the heading above goes; it says not what the thing is."""
_DESCRIBES = re.compile(r"^(?:description|definition|meaning|overview|what)$", re.I)
_HEAD_NOUN = re.compile(r"\s(?:of|for|per|in|on|to|between|from|with|by|at)\s|\s*[/#(]")
MAX_VALUE_WORDS = 8
KNOWN_FOR = "known for"
"""The label of what is told of a case at law."""
_ARROWS = ("→", "⇒", "=>", "->")
_ARTICLE = re.compile(r"^(?:the|an)\s+", re.I)
_EMPTY = re.compile(r"\([^()]*\)|n\W?a\W?|tbd|tba|todo|-+|\?+|see .*", re.I)
"""Values that say nothing: "(exam)", "N/A", "see below"."""
_SAMPLE = re.compile(r"\b(?:worked )?examples?$|^e\.?g\b", re.I)
_DATED = re.compile(
    r"^(?:\d{1,2}\s)?(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)$|"
    r"\b(?:\d{1,4}\s?(?:BC|BCE|AD|CE)|AD\s?\d{1,4}|1\d{3}|20\d{2}|\d{1,2}(?:st|nd|rd|th) century)\b"
)


def labelled(base: Statement, sentence: str, *, shared: bool = False) -> Statement | None:
    """Return the statement of "Label: value" and its kin, or None for another sentence.

    `shared` says that the label is an attribute which other subjects of the note have too.
    """
    parts = split_label(sentence)
    if parts is None or QUALIFIER.match(sentence):
        return None
    label, sign, value = clean_title(parts[0]), parts[1], trimmed(parts[2])
    label = _ARTICLE.sub("", POSSESSIVE.sub("", label))
    if not label or not value or _EMPTY.fullmatch(value) or _SAMPLE.search(label):
        return None
    about, context = base.subject.about, context_of(base, with_about=True)
    sure = base.certainty * (0.95 if sign in (":", "=") else 0.8)
    if _DESCRIBES.match(label):
        return replace(
            base, relation=Relation.IS_A, context=context_of(base, without=about), label=about,
            text=_predicate(value), certainty=sure,
        )  # fmt: skip
    told = replace(
        base, context=context_of(base), label=label, text=value.rstrip("."), certainty=sure
    )
    if CASE.fullmatch(label) is not None:
        return replace(told, relation=Relation.HAS_VALUE, context=label, label=KNOWN_FOR)
    if DATED.match(sentence):
        return replace(told, relation=Relation.HAPPENED)
    if _expands(label, value) or (_DATED.search(label) is not None and own_subject(value)):
        spelt = _expands(label, value)
        return replace(told, relation=Relation.EXPANDS if spelt else Relation.HAPPENED)
    if _causes(parts[0], sign, value):
        return replace(told, relation=Relation.LEADS_TO, context=context, label=parts[0])
    valued = shared or _is_value(label, value) or _STATE.match(value) is not None
    return (
        replace(told, relation=Relation.HAS_VALUE, context=context, text=_predicate(value))
        if valued
        else replace(told, relation=Relation.IS_A, text=value, certainty=0.9 * sure)
    )


def shared_labels(nodes: Sequence[Node]) -> set[int | None]:
    """Return the parents whose children's labels are attributes: other parents repeat them."""
    holders: dict[str, set[int | None]] = defaultdict(set)
    labels: dict[int | None, list[str]] = defaultdict(list)
    for node in nodes:
        parts = split_label(node.text) if node.kind is NodeKind.ITEM else None
        if parts is not None:
            label = canonical(parts[0])
            holders[label].add(node.parent)
            labels[node.parent].append(label)
    return {
        parent
        for parent, found in labels.items()
        if len(found) > 1 and sum(len(holders[label]) > 1 for label in found) * 2 > len(found)
    }


def _causes(label: str, sign: str, value: str) -> bool:
    """Return whether an arrow stands between two sentences: what happens, and what then."""
    acts = bool(third_person(words(label)[0].lower())) and len(words(label)) > 1
    said = bool(own_subject(f"{label} .")) or (acts and bool(own_subject(value)))
    return sign in _ARROWS and said


def _is_value(label: str, value: str) -> bool:
    """Return whether a label is an attribute and what follows its value."""
    few = len(words(value)) <= MAX_VALUE_WORDS
    number = bool(find_quantities(value))
    generic = is_generic(label) and " and " not in label
    told = _TOLD_AT_LENGTH.fullmatch(label) is not None
    return generic or told or (few and number) or (is_attribute(label) and (few or number))


def _expands(label: str, value: str) -> bool:
    """Return whether a value spells an abbreviation out, word for letter."""
    letters = sum(char.isalpha() for char in label)
    long = value.split("(", maxsplit=1)[0]
    return letters == len(label) and len(words(long)) <= letters + 1 and spells(label, long)


def is_attribute(label: str) -> bool:
    """Return whether a label names a property rather than a thing, by its head noun."""
    tokens = words(_HEAD_NOUN.split(label)[0])
    ends = bool(tokens) and _ATTRIBUTE.fullmatch(tokens[-1]) is not None
    return ends or is_generic(label) or _MEASURED.match(label) is not None


def _predicate(value: str) -> str:
    """Return a value without the "It's" it may open with."""
    found = leading_pronoun(value)
    if found is not None and found[0] in ("it", "they") and found[1] in ("is", "is not"):
        return found[2] if found[1] == "is" else f"not {found[2]}"
    return value
