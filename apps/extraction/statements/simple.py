"""Reads one sentence: "Term: meaning", "It is a …", "X stands for Y", or anything said."""

import re
from dataclasses import replace

from apps.extraction.documents import Relation, Statement
from apps.extraction.lexicon import QUALIFIER, words
from apps.extraction.statements.quantities import find_quantities
from apps.extraction.statements.sentences import leading_pronoun, own_subject, split_label
from apps.extraction.statements.subjects import resolved
from apps.extraction.titles import clean_title, is_generic, spells

_IS_A = re.compile(r"^(?:is|are)\s+(?P<what>(?:an?|the|one of)\s+\S.*)$", re.I)
_STANDS_FOR = re.compile(r"\bstands? for\s*:?\s*(?P<long>.+)$", re.I)
_POSSESSIVE = re.compile(r"^(?:its|their|his|her)\s+", re.I)
_ATTRIBUTE = re.compile(
    r"\b(?:size|length|limit|default|max(?:imum)?|min(?:imum)?|number|#|price|cost|duration|time ?out|"
    r"period|throughput|capacity|format|location|type|port|layer|range|rate|retention|version|"
    r"analogy|purpose|use cases?(?: patterns?)?|goal|benefit|drawback|scope|availability|"
    r"durability|latency|memory|storage|method|protocols?|area|charge|volume|pressure|frequency|"
    r"iops|bandwidth|weight|speed|frequency|date|year|cause|effect|result|function|role)\b",
    re.I,
)
_DESCRIBES = re.compile(r"^(?:description|definition|meaning|overview|what)$", re.I)
_TRAILING = re.compile(r"[\s,;:–—-]+$")
MAX_VALUE_WORDS = 8


def labelled(base: Statement, sentence: str) -> Statement | None:
    """Return the statement of "Label: value" and its kin, or None for another sentence."""
    parts = split_label(sentence)
    if parts is None or QUALIFIER.match(sentence):
        return None
    label, sign, value = clean_title(parts[0]), parts[1], _trimmed(parts[2])
    label = _POSSESSIVE.sub("", label)
    if not label or not value:
        return None
    subject = base.subject
    context = context_of(base, with_about=True)
    sure = base.certainty * (0.95 if sign in (":", "=") else 0.8)
    if _DESCRIBES.match(label):
        return replace(
            base, relation=Relation.IS_A, context=context_of(base, without=subject.about),
            label=subject.about, text=_predicate(value), certainty=sure,
        )  # fmt: skip
    if spells(label, value.split("(")[0]) and len(label) <= 10 and len(words(value)) <= 8:
        return replace(
            base, relation=Relation.EXPANDS, context=context_of(base), label=label,
            text=value.rstrip("."), certainty=sure,
        )  # fmt: skip
    few = len(words(value)) <= MAX_VALUE_WORDS
    if _ATTRIBUTE.search(label) or is_generic(label) or (few and find_quantities(value)):
        return replace(
            base, relation=Relation.HAS_VALUE, context=context, label=label,
            text=_predicate(value), certainty=sure,
        )  # fmt: skip
    return replace(
        base, relation=Relation.IS_A, context=context_of(base), label=label, text=value,
        certainty=0.9 * sure,
    )  # fmt: skip


def said(base: Statement, sentence: str) -> Statement | None:
    """Return the statement of a sentence or fragment, with its subject shown; None if too bare."""
    sentence = _trimmed(sentence)
    if len(words(sentence)) < 2:
        return None
    about = base.subject.about
    found = leading_pronoun(sentence)
    if found is not None:
        return _pronoun(base, sentence, found)
    own = own_subject(sentence)
    expansion = _STANDS_FOR.search(sentence)
    if own and expansion is not None:
        return replace(
            base, relation=Relation.EXPANDS, context="", label=own.split(" ")[0],
            text=expansion["long"].strip(" “”\".“"), certainty=0.9 * base.certainty,
        )  # fmt: skip
    if own:
        definition = _IS_A.match(sentence[len(own) :].strip())
        if definition is not None and len(words(own)) <= 5:
            return replace(
                base, relation=Relation.IS_A, context=context_of(base), label=_bare(own),
                text=definition["what"], certainty=0.9 * base.certainty,
            )  # fmt: skip
        return replace(
            base, context=context_of(base, without=own), text=sentence,
            certainty=0.75 * base.certainty,
        )  # fmt: skip
    if not about:
        return None
    return replace(
        base, context=context_of(base, with_about=True), text=sentence,
        certainty=0.65 * base.certainty,
    )  # fmt: skip


def _pronoun(base: Statement, sentence: str, found: tuple[str, str, str]) -> Statement | None:
    pronoun, verb, rest = found
    about = base.subject.about
    if not about or not rest:
        return None
    if pronoun in ("this", "these", "that", "those", "there"):
        if pronoun != "there":
            return None
        return replace(
            base, context=context_of(base, with_about=True), text=sentence,
            certainty=0.6 * base.certainty,
        )  # fmt: skip
    text = resolved(sentence, about)
    context = context_of(base, without=about)
    definition = _IS_A.match(f"{verb} {rest}".strip())
    if definition is not None:
        return replace(
            base, relation=Relation.IS_A, context=context, label=about,
            text=definition["what"], certainty=0.9 * base.certainty,
        )  # fmt: skip
    expansion = _STANDS_FOR.match(rest)
    if expansion is not None:
        return replace(
            base, relation=Relation.EXPANDS, context=context, label=about,
            text=expansion["long"], certainty=0.9 * base.certainty,
        )  # fmt: skip
    return replace(base, context=context, text=text, certainty=0.75 * base.certainty)


def context_of(base: Statement, *, with_about: bool = False, without: str = "") -> str:
    """Return the labels and conditions to show before a statement so that it stands alone."""
    subject = base.subject
    pieces = [label for label in subject.chain if label.lower() != without.lower()]
    if with_about and subject.about and subject.about not in subject.chain:
        pieces.insert(0, subject.about)
    shown = " › ".join(clean_title(piece) for piece in pieces)
    conditions = "; ".join(clean_title(text) for text in subject.qualifiers)
    return f"{shown} ({conditions})" if shown and conditions else shown or conditions


def _predicate(value: str) -> str:
    """Return a value without the "It's" it may open with."""
    found = leading_pronoun(value)
    if found is not None and found[0] in ("it", "they") and found[1] == "is":
        return found[2]
    return value


def _bare(own: str) -> str:
    """Return a noun phrase without its article."""
    return re.sub(r"^(?:an?|the)\s+", "", own, flags=re.I)


def _trimmed(text: str) -> str:
    return _TRAILING.sub("", text.strip())
