"""Reads one sentence: "Term: meaning", "It is a …", "X stands for Y", or anything said."""

import re
from dataclasses import replace

from apps.extraction.documents import Relation, Statement
from apps.extraction.lexicon import ARTICLES, QUALIFIER, SPLITTERS, STOP_WORDS, is_verb, words
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import POSSESSIVE, leading_pronoun, own_subject
from apps.extraction.statements.subjects import resolved, stands_for
from apps.extraction.titles import clean_title, is_plural, name_of, spells
from apps.extraction.verbs import is_past, third_person, word_set

MIN_SAID, MAX_TERM = 2, 5
_IS_A = re.compile(r"^(?:is|are|was|were)\s+(?P<what>(?:an?|the|one of)\s+\S.*)$", re.I)
_STANDS_FOR = re.compile(r"\bstands? for\s*:?\s*(?P<long>.+)$", re.I)
_COPULA = re.compile(r"^(?:is|are|was|were)\s+(?!not\b)(?P<value>\S.*)$", re.I)
_PARTY = r"(?:[A-Z][\w.'’-]*|of|the|and|for|&|plc|ltd)"
PARTIES = rf"(?:R|{_PARTY}(?:\s{_PARTY}){{0,5}})\sv\.?\s{_PARTY}(?:\s{_PARTY}){{0,5}}"
CASE = re.compile(rf"{PARTIES}(?:,?\s*[\[(]?\d{{4}}[\])]?.{{0,20}})?")
"""The name of a case at law: "Smith v Jones (1950)"."""
CASE_WITH_YEAR = rf"{PARTIES},?\s(?:[\[(]\d{{4}}[\])]|(?:1[6-9]|20)\d\d\b)"
MAX_OBJECT = 6
MAX_CLASS = 3
"""Words of the class a thing belongs to."""
MIN_NOUN = 5
"""Letters of a noun in small letters that tells something by itself."""
_CLAUSAL = re.compile(r"\b(?:is|are|was|were|can|that|which|who|if|when|and)\b", re.I)
_PAIR = re.compile(r"(?<=\w) (?:and|or)(?= [\w-]+(?: [\w-]+){0,3}$)")
"""What joins two things that a verb leads to: "blocked by theophylline and caffeine"."""
_RELATED = re.compile(
    r"^(?P<verb>(?:not )?(?:causes?|caused by|contra-?indicated in|treated (?:with|by)|composed of|"
    r"made (?:of|from|by|up of)|located in|found in|founded (?:by|in)|discovered (?:by|in)|"
    r"invented (?:by|in)|written (?:by|in)|produced (?:by|in)|secreted by|derived from|"
    r"measured (?:in|with|by)|defined (?:as|by|in)|known as|called|named after|based on|"
    r"begins? with|starts? with|ends? with|binds?(?: to)?|inhibits?|blocks?|stimulates?|activates?|"
    r"secretes?|lowers?|raises?|prevents?|indicated (?:for|in)|depends on|differs? from|"
    r"listens on|runs (?:on|over)|operates (?:at|on)|encrypted (?:with|by)|replaced by|goes to|"
    r"leads? to|results? in|led to|resulted in|(?:controlled|regulated|governed|issued|ruled|led|"
    r"supplied|innervated|transmitted|spread|enforced|decided|paid|owned|managed|won|defeated|"
    r"created|abolished|granted|succeeded|preceded|followed) by|elected (?:by|for)|"
    r"drains? (?:into|to)|diagnosed (?:by|with)|billed (?:by|per)|charged (?:by|per)|"
    r"signed (?:by|in|at)|born in|died in|"
    r"created|invented|discovered|conquered|introduced|"
    r"belongs? to|applies to|granted for|protected|"
    r"(?:[a-z]{3,}ed|seen|driven|given|taken|shown|made|done|drawn|held|set|fed|bound|built|"
    r"chosen|led|worn) (?:by(?! default)|with|from|into|via)))\s+"
    r"(?:the |an? )?(?P<value>[^,;:()]+)$",
    re.I,
)
"""Verbs that lead to one thing, with the thing."""
_ACTS = re.compile(
    r"^(?P<verb>(?:[a-z]+s|[A-Z][a-z]+s)(?: (?:by|with|from|into|via|in|on|to|off|up|out))?)\s+"
    r"(?:the |an? )?"
    r"(?P<value>(?!(?:to|how|when|what|where|that|it|them|all|of|for|is|are)\b)[^,;:()]+)$"
)
"""A verb and the thing it leads to, where a line below the name of its subject has no more."""
_LIGHT = word_set(
    "allow help use let make need enable provide support have do give get be include require offer "
    "contain mean involve cost take work look seem appear become remain want know see show"
)
"""Verbs that lead to anything."""
_BARE_NOUN = re.compile(r"^(?!\w+ed\b)[a-z]+(?: [a-z]+)?$")
_PERFORMED = re.compile(
    r"(?:\s*(?:is|are|was|can|could|may|must|should|be|usually|often|only|also|then)\b)+\s*"
    r"(?:done|performed|carried out|achieved|accomplished)\b",
    re.I,
)
"""What is said of an act, not of a thing."""
_ACTION = re.compile(
    r"(?:ing|ions?|ments?|sis|ance|ery|tomy|test|scan|process|procedure)(?:\s*\(.*)?$", re.I
)
_TRAILING = re.compile(r"[\s,;:–—-]+(?:(?:and|or|but)(?: then)?[\s,;:]*)?$")
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


def said(base: Statement, sentence: str) -> Statement | None:
    """Return the statement of a sentence or fragment, with its subject shown; None if too bare."""
    sentence = trimmed(sentence)
    if len(words(sentence)) < MIN_SAID:
        return None
    about = base.subject.about
    found = leading_pronoun(sentence)
    if found is not None:
        return _pronoun(base, sentence, found)
    owned = POSSESSIVE.match(sentence)
    if owned is not None:
        return _owned(base, sentence[owned.end() :])
    own = own_subject(sentence)
    if own and CASE.fullmatch(sentence) is None:
        return _by_own_subject(base, sentence, own)
    if not about:
        return None
    return _related(base, sentence) or replace(
        base, context=context_of(base, with_about=True), text=sentence,
        certainty=0.65 * base.certainty,
    )  # fmt: skip


def _by_own_subject(base: Statement, sentence: str, own: str) -> Statement:
    """Return the statement of a sentence that names its subject."""
    about = base.subject.about
    expansion = _STANDS_FOR.search(sentence)
    if expansion is not None and _ACRONYM.fullmatch(bare(own)):
        return replace(
            base, relation=Relation.EXPANDS, context="", label=bare(own),
            text=expansion["long"].strip(" “”\"."), certainty=0.9 * base.certainty,
        )  # fmt: skip
    definition = _IS_A.match(sentence[len(own) :].strip())
    value = _VALUE_OF.match(definition["what"]) if definition is not None else None
    if value is not None and find_quantities(own):
        return replace(
            base, relation=Relation.HAS_VALUE, context=context_of(base, with_about=True),
            label=value["label"], text=own, certainty=0.9 * base.certainty,
        )  # fmt: skip
    if definition is not None and len(words(own)) <= MAX_TERM:
        return replace(
            base, relation=Relation.IS_A, context=context_of(base), label=bare(own),
            text=definition["what"], certainty=0.9 * base.certainty,
        )  # fmt: skip
    return replace(
        base, context=context_of(base, with_about=not _mentions(sentence, about), without=own),
        text=sentence, certainty=0.75 * base.certainty,
    )  # fmt: skip


def _related(base: Statement, sentence: str) -> Statement | None:
    """Return "contraindicated in pregnancy" as what its subject is contraindicated in, or None."""
    if CASE.fullmatch(sentence) is not None:
        return replace(
            base, relation=Relation.HAS_VALUE, context=context_of(base, with_about=True),
            label="case", text=sentence, certainty=0.7 * base.certainty,
        )  # fmt: skip
    match = _RELATED.match(sentence) or _acts(sentence)
    if match is None:
        return None
    value = match["value"].rstrip(" .;,")
    few = 1 <= len(words(value)) <= MAX_OBJECT
    if not few or own_subject(value) or _CLAUSAL.search(_PAIR.sub("", value)):
        return None
    return replace(
        base, relation=Relation.HAS_VALUE, context=context_of(base, with_about=True),
        label=match["verb"], text=value, certainty=0.75 * base.certainty,
    )  # fmt: skip


def _acts(sentence: str) -> re.Match[str] | None:
    """Return the verb that a line opens with and the thing it leads to: "follows influenza"."""
    match = _ACTS.match(sentence)
    base = third_person(words(sentence)[0].lower()) if match is not None else ""
    if not base or base in _LIGHT or match is None:
        return None
    value = match["value"].rstrip(" .")
    telling = " " in value or (len(value) >= MIN_NOUN and not value.endswith("ly"))
    return match if telling or not value.islower() else None


def opening(base: Statement, sentence: str) -> Statement | None:
    """Return the definition a noun phrase gives as the first thing below its subject, or None.

    "Managed message queue service" right below "SQS" says what SQS is.
    """
    sentence = trimmed(sentence)
    tokens = words(sentence)
    about = base.subject.about
    if leading_pronoun(sentence) is not None or base.subject.qualifiers or "?" in about:
        return None
    if not about or not base.subject.path or not OPENING_WORDS <= len(tokens) <= MAX_OPENING_WORDS:
        return None
    low = [token.lower() for token in tokens]
    head = next((place for place, word in enumerate(low) if word in SPLITTERS), len(low))
    classed = head < len(low) and _is_class(low[:head], low[head])
    verbal = (
        is_verb(low[0])
        or low[0].endswith(("ly", "ing"))
        or low[0] in NOT_OPENING
        or not (tokens[0][0].isupper() or low[0] in ARTICLES or classed)
    )
    fits = classed or OPENING_WORDS - 1 <= head <= MAX_HEAD
    if verbal or not fits or own_subject(sentence):
        return None
    if QUALIFIER.match(sentence) or find_quantities(sentence) or sentence.endswith(":"):
        return None
    if is_plural(about) and not is_plural(" ".join(tokens[:head])):
        return None
    return replace(
        base,
        relation=Relation.IS_A,
        context=context_of(base, without=about),
        label=about,
        text=sentence,
        certainty=0.7 * base.certainty,
    )


def _is_class(head: list[str], link: str) -> bool:
    """Return whether the words before the first link name a class: "relay" of "relay for all"."""
    plain = all(word.isalpha() and not is_past(word) for word in head)
    return 1 <= len(head) <= MAX_CLASS and link in ("of", "for", "between") and plain


def _pronoun(base: Statement, sentence: str, found: tuple[str, str, str]) -> Statement | None:
    pronoun, verb, rest = found
    about = base.subject.about
    if (
        not about
        or not rest
        or (_PERFORMED.match(f"{verb} {rest}") and not _ACTION.search(name_of(about)))
    ):
        return None
    if pronoun in ("this", "these", "that", "those", "there"):
        if pronoun != "there":
            return None
        return replace(
            base, context=context_of(base, with_about=True), text=sentence,
            certainty=0.6 * base.certainty,
        )  # fmt: skip
    mistyped = own_subject(rest) if verb == "is" and pronoun == "it" else ""
    if _BARE_NOUN.match(mistyped) and _COPULA.match(rest[len(mistyped) :].strip()):
        return _owned(base, rest)
    text = resolved(sentence, about)
    context = context_of(base, without=about)
    clear = stands_for(sentence, base.subject, counted=pronoun == "they")
    definition = _IS_A.match(f"{verb} {rest}".strip()) if clear else None
    if definition is not None:
        return replace(
            base, relation=Relation.IS_A, context=context, label=about,
            text=definition["what"], certainty=0.9 * base.certainty,
        )  # fmt: skip
    expansion = _STANDS_FOR.search(rest)
    short = about.split(" ", 1)[0]
    if expansion is not None and _ACRONYM.fullmatch(short) and spells(short, expansion["long"]):
        return replace(
            base, relation=Relation.EXPANDS, context="", label=short,
            text=expansion["long"], certainty=0.9 * base.certainty,
        )  # fmt: skip
    if not stands_for(sentence, base.subject):
        return replace(
            base, context=context_of(base, with_about=True),
            text=" ".join(part for part in (pronoun, verb, rest) if part),
            certainty=0.7 * base.certainty,
        )  # fmt: skip
    return replace(base, context=context, text=text, certainty=0.75 * base.certainty)


def _owned(base: Statement, rest: str) -> Statement | None:
    """Return the attribute "Its size is 5 m" gives to what stands above."""
    if not base.subject.about:
        return None
    own = own_subject(rest)
    value = _COPULA.match(rest[len(own) :].strip()) if own else None
    context = context_of(base, with_about=True)
    if value is not None:
        return replace(
            base, relation=Relation.HAS_VALUE, context=context, label=own, text=value["value"],
            certainty=0.85 * base.certainty,
        )  # fmt: skip
    return replace(base, context=context, text=rest, certainty=0.7 * base.certainty)


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


def bare(own: str) -> str:
    """Return a noun phrase without its article."""
    return re.sub(r"^(?:an?|the)\s+", "", own, flags=re.I)


def trimmed(text: str) -> str:
    return _TRAILING.sub("", text.strip())
