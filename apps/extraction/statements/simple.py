"""Reads one sentence: "Term: meaning", "It is a …", "X stands for Y", or anything said."""

import re
from dataclasses import replace

from apps.extraction.documents import Relation, Statement
from apps.extraction.lexicon import ARTICLES, QUALIFIER, SPLITTERS, STOP_WORDS, is_verb, words
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import leading_pronoun, own_subject, split_label
from apps.extraction.statements.subjects import resolved
from apps.extraction.titles import clean_title, is_generic, spells

MIN_SAID, MAX_TERM = 2, 5
_IS_A = re.compile(r"^(?:is|are)\s+(?P<what>(?:an?|the|one of)\s+\S.*)$", re.I)
_STANDS_FOR = re.compile(r"\bstands? for\s*:?\s*(?P<long>.+)$", re.I)
_POSSESSIVE = re.compile(r"^(?:its|their|his|her)\s+", re.I)
_ATTRIBUTE = re.compile(
    r"\b(?:size|length|limit|default|max(?:imum)?|min(?:imum)?|number|#|price|cost|duration|"
    r"time ?out|"
    r"period|throughput|capacity|format|location|type|port|layer|range|rate|retention|version|"
    r"analogy|purpose|use cases?(?: patterns?)?|goal|benefit|drawback|scope|availability|"
    r"durability|latency|memory|storage|method|protocols?|area|charge|volume|pressure|frequency|"
    r"iops|bandwidth|weight|speed|frequency|date|year|cause|effect|result|function|role)\b",
    re.I,
)
_MEASURED = re.compile(r"^(?:max|min|default|number)|^#", re.I)
_DESCRIBES = re.compile(r"^(?:description|definition|meaning|overview|what)$", re.I)
_HEAD_NOUN = re.compile(r"\s(?:of|for|per|in|on|to|between|from|with|by|at)\s|\s*[/#(]")
_TRAILING = re.compile(r"[\s,;:–—-]+$")
MAX_VALUE_WORDS = 8
OPENING_WORDS, MAX_OPENING_WORDS, MAX_HEAD = 3, 20, 6
NOT_OPENING = STOP_WORDS - ARTICLES | {
    "available",
    "useful",
    "good",
    "great",
    "fully",
    "up",
    "use",
    "see",
    "associate",
}
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9@&/-]*[A-Z0-9]s?")
_VALUE_OF = re.compile(r"^the\s+(?P<label>(?:default|maximum|minimum|max|min)\b.*)$", re.I)


def labelled(base: Statement, sentence: str, *, shared: bool = False) -> Statement | None:
    """Return the statement of "Label: value" and its kin, or None for another sentence.

    `shared` says that the label is an attribute which other subjects of the note have too.
    """
    parts = split_label(sentence)
    if parts is None or QUALIFIER.match(sentence):
        return None
    label, sign, value = clean_title(parts[0]), parts[1], _trimmed(parts[2])
    label = re.sub(r"^(?:the|an)\s+", "", _POSSESSIVE.sub("", label), flags=re.I)
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
    if _expands(label, value):
        return replace(
            base, relation=Relation.EXPANDS, context=context_of(base), label=label,
            text=value.rstrip("."), certainty=sure,
        )  # fmt: skip
    few = len(words(value)) <= MAX_VALUE_WORDS
    number = bool(find_quantities(value))
    generic = is_generic(label) and " and " not in label
    if shared or generic or (few and number) or (_is_attribute(label) and (few or number)):
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
    if len(words(sentence)) < MIN_SAID:
        return None
    about = base.subject.about
    found = leading_pronoun(sentence)
    if found is not None:
        return _pronoun(base, sentence, found)
    own = own_subject(sentence)
    expansion = _STANDS_FOR.search(sentence)
    if own and expansion is not None and _ACRONYM.fullmatch(_bare(own)):
        return replace(
            base, relation=Relation.EXPANDS, context="", label=_bare(own),
            text=expansion["long"].strip(" “”\"."), certainty=0.9 * base.certainty,
        )  # fmt: skip
    if own:
        definition = _IS_A.match(sentence[len(own) :].strip())
        value = _VALUE_OF.match(definition["what"]) if definition is not None else None
        if value is not None and find_quantities(own):
            return replace(
                base, relation=Relation.HAS_VALUE, context=context_of(base, with_about=True),
                label=value["label"], text=own, certainty=0.9 * base.certainty,
            )  # fmt: skip
        if definition is not None and len(words(own)) <= MAX_TERM:
            return replace(
                base, relation=Relation.IS_A, context=context_of(base), label=_bare(own),
                text=definition["what"], certainty=0.9 * base.certainty,
            )  # fmt: skip
        return replace(
            base, context=context_of(base, with_about=not _mentions(sentence, about), without=own),
            text=sentence, certainty=0.75 * base.certainty,
        )  # fmt: skip
    if not about:
        return None
    return replace(
        base, context=context_of(base, with_about=True), text=sentence,
        certainty=0.65 * base.certainty,
    )  # fmt: skip


def opening(base: Statement, sentence: str) -> Statement | None:
    """Return the definition a noun phrase gives as the first thing below its subject, or None.

    "Managed message queue service" right below "SQS" says what SQS is.
    """
    sentence = _trimmed(sentence)
    tokens = words(sentence)
    about = base.subject.about
    if leading_pronoun(sentence) is not None or base.subject.qualifiers or "?" in about:
        return None
    if not about or not base.subject.path or not OPENING_WORDS <= len(tokens) <= MAX_OPENING_WORDS:
        return None
    low = [token.lower() for token in tokens]
    head = next((place for place, word in enumerate(low) if word in SPLITTERS), len(low))
    verbal = (
        is_verb(low[0])
        or low[0].endswith(("ly", "ing"))
        or low[0] in NOT_OPENING
        or not (tokens[0][0].isupper() or low[0] in ARTICLES)
    )
    if head < OPENING_WORDS - 1 or head > MAX_HEAD or verbal or own_subject(sentence):
        return None
    if QUALIFIER.match(sentence) or find_quantities(sentence) or sentence.endswith(":"):
        return None
    return replace(
        base,
        relation=Relation.IS_A,
        context=context_of(base, without=about),
        label=about,
        text=sentence,
        certainty=0.7 * base.certainty,
    )


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
    if expansion is not None and _ACRONYM.fullmatch(about):
        return replace(
            base, relation=Relation.EXPANDS, context=context, label=about,
            text=expansion["long"], certainty=0.9 * base.certainty,
        )  # fmt: skip
    return replace(base, context=context, text=text, certainty=0.75 * base.certainty)


def _expands(label: str, value: str) -> bool:
    """Return whether a value spells an abbreviation out, word for letter."""
    letters = sum(char.isalpha() for char in label)
    long = value.split("(", maxsplit=1)[0]
    return letters == len(label) and len(words(long)) <= letters + 1 and spells(label, long)


def _is_attribute(label: str) -> bool:
    """Return whether a label names a property rather than a thing, by its head noun."""
    tokens = words(_HEAD_NOUN.split(label)[0])
    ends = bool(tokens) and _ATTRIBUTE.fullmatch(tokens[-1]) is not None
    return ends or is_generic(label) or _MEASURED.match(label) is not None


def _mentions(sentence: str, about: str) -> bool:
    """Return whether a sentence names what it is about, by any of its telling words."""
    said_words = {word.lower().removesuffix("s") for word in words(sentence)}
    return any(
        word.lower().removesuffix("s") in said_words
        for word in words(about)
        if word.lower() not in STOP_WORDS
    )


def context_of(base: Statement, *, with_about: bool = False, without: str = "") -> str:
    """Return the labels and conditions to show before a statement so that it stands alone."""
    subject = base.subject
    gone = without.lower()
    pieces = [
        label
        for label in subject.chain
        if not gone or (label.lower() != gone and not label.lower().startswith(f"{gone} "))
    ]
    if with_about and subject.path and subject.about not in subject.chain:
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
