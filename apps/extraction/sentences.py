"""Splits text into sentences and takes labels and leading subjects off them."""

import re
from functools import lru_cache
from itertools import islice

from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    PRONOUNS,
    REMEMBERED,
    SPLITTERS,
    STOP_WORDS,
    VERBS,
    WORD,
    has_digit,
    is_verb,
    words,
)
from apps.extraction.verbs import DOUBTFUL, INTRANSITIVE, is_past, third_person, word_set

MIN_SENTENCE = 2
LONG = 6
"""Letters of a noun in small letters that can be a term."""
MAX_NOUN_WORDS = 9
_BREAK = re.compile(r"(?<=[.!?])(?:\s+|(?=[A-Z][a-z]))(?=[A-Z\"“(])|\.{3,}\s*(?=\w)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|max|min|no|fig|inc|dr|mr|st|sync|async)|\b(?-i:[A-Z]))\.$",
    re.I,
)
_LABEL = re.compile(
    r"^(?P<label>[^\s:=→][^:=→]{0,70}?)"
    r"(?P<sign>\s*:(?=\s|[^\s/\d\w])\s*|\s+=\s+|\s*→\s*|\s+->\s+|\s+[–—]\s+|\s+-\s+|(?<=[a-z])-\s+|—)"
    r"(?P<value>\S.*)$"
)
_GLUED_COLON = re.compile(r"^(?P<label>[A-Z][^:=→.]{1,60}[a-z)]):(?P<value>[A-Z0-9~<>].*)$")
_LEADING = re.compile(
    r"^(?P<pronoun>it|they|this|these|that|those|there|he|she)"
    r"(?:(?P<short>['’](?:s|re|ve|ll|d)(?:n['’]t)?)|\b)\s*",
    re.I,
)
POSSESSIVE = re.compile(r"^(?:its|their|his|her)\s+", re.I)
"""The opening of a sentence about what belongs to something named before."""
SUBJECTLESS = re.compile(
    r"^\s*(?:what|which|when|where|how|why)?\W*(?:is|are|does|do|can)?\W*"
    r"(?:it|it['’]s|its|they|they['’]re|their|this|that|these|those|there)\b",
    re.I,
)
"""The opening of a question or a title that names nothing: "When it goes wrong"."""
_SHORT = {"s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would", "sn't": "is not"}
_RELATIVE = {"that", "which", "who", "whose", "whom"}
_NOT_BEFORE = {"to", "of", "for", "with", "and", "or", "but", "by", "from"}
_PLURALS = {
    "women",
    "men",
    "people",
    "children",
    "nuclei",
    "bacteria",
    "data",
    "media",
    "we",
    "you",
}
_FRONT = re.compile(
    r"^(?:(?:in|on|at|during|by|after|before|from|between|until|since|under|around|about)\s+"
    r"(?:[^,;:]{1,50},\s+|(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:AD\s+)?\d{3,4}"
    r"(?:\s(?:BC|AD|BCE|CE))?,?\s+|\d{1,2}\s+(?-i:[A-Z])[a-z]{2,8}\s+)|"
    r"(?:however|therefore|thus|moreover|furthermore|finally|later|today|usually|then|meanwhile),\s+)",
    re.I,
)
_DETERMINERS = ARTICLES | {
    "its", "their", "his", "her", "this", "that", "these", "those", "all", "both", "each",
    "every", "any", "some", "many", "most", "no", "one", "two", "three", "four", "several",
    "him", "them", "it", "itself", "himself", "themselves", "what",
}  # fmt: skip
_AUXILIARIES = COPULAS | MODALS
_OPENS_NOUN = ARTICLES | _NOT_BEFORE
_BARE = VERBS | DOUBTFUL
_NO_SUBJECT = STOP_WORDS - ARTICLES - {
    "each", "every", "any", "some", "all", "both", "no", "your", "our",
}  # fmt: skip
_ADJECTIVAL = word_set(
    "allocated assigned associated attached authorized backed based cached connected controlled "
    "customized dedicated defined delivered distributed driven enabled encrypted federated "
    "generated hosted installed integrated isolated launched linked managed mixed optimized owned "
    "placed protected provided provisioned related replicated requested reserved restricted saved "
    "scaled scheduled shared signed sized stored supported tagged targeted throttled triggered "
    "unified used"
)
"""Past forms that stand before a noun as often as behind a subject: "customer managed keys"."""
_IS_RANGE = re.compile(r"\d\s?[A-Za-z%]{0,5} - \d")
_REFERENCE = re.compile(r"\s*\((?:see|cf\.?|refer to)\s[^()]*\)", re.I)
"""A bracket that sends the reader to another place of the note and says nothing itself."""
TWO = 2
"""Words of a compound such as "cache size"."""
MAX_SEARCHED = 12
"""Words of a sentence among which its verb is looked for."""
TITLED = 3
"""Words with a capital from which a sentence opens with a name: "Cross Zone Balancing is"."""
MAX_LABEL_WORDS = 8
DASH_LABEL_WORDS = 5


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; abbreviations and initials do not end one."""
    sentences: list[str] = []
    text = _REFERENCE.sub("", text) if "(" in text else text
    start = 0
    for match in _BREAK.finditer(text):
        head = text[start : match.start()]
        if _ABBREVIATION.search(head) or len(words(head)) < MIN_SENTENCE:
            continue
        sentences.append(head.strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


@lru_cache(maxsize=REMEMBERED)
def split_label(text: str) -> tuple[str, str, str] | None:
    """Return (label, sign, value) of "Term: meaning", "X = Y", "X → Y" or "X - Y", else None."""
    match = _LABEL.match(text) or _GLUED_COLON.match(text)
    if match is None:
        return None
    label, value = match["label"].strip(' -–—"“”'), match["value"].strip()
    sign = match.groupdict().get("sign", ":") or ":"
    if sign.strip() == "-" and label[-1:].isalnum() and _IS_RANGE.search(f"{label} - {value}"):
        return None
    tokens = words(label)
    limit = MAX_LABEL_WORDS if sign.strip() != "-" else DASH_LABEL_WORDS
    if not tokens or len(tokens) > limit or not words(value):
        return None
    if not balanced(label) or leading_pronoun(label) is not None:
        return None
    if any(token in COPULAS or token in MODALS for token in tokens):
        return None
    acts = is_verb(tokens[0]) and not value[0].isupper()
    plain = label[0].islower() and not (sign == " - " and _is_term(label))
    if sign.strip() in ("-", "") and (plain or acts):
        return None
    return label, sign.strip() or "-", value


def _is_term(label: str) -> bool:
    """Return whether a label in small letters is one long noun: "supraspinatus - …"."""
    return len(label) >= LONG and label.isalpha() and not (is_verb(label) or is_past(label))


def balanced(text: str) -> bool:
    """Return whether every bracket of the text has its partner."""
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")


@lru_cache(maxsize=REMEMBERED)
def leading_pronoun(text: str) -> tuple[str, str, str] | None:
    """Return (pronoun, verb hidden behind its apostrophe, rest) of "It's new", else None."""
    match = _LEADING.match(text)
    if match is None:
        return None
    short = (match["short"] or "").lstrip("'’").replace("’", "'").lower()
    verb = _SHORT.get(short, "")
    rest = text[match.end() :]
    if short == "s" and rest.split(" ", 1)[0] in ("been", "got", "become"):
        verb = "has"
    if short == "s" and third_person(rest.split(" ", 1)[0]) and " " in rest:
        verb = ""
    return match["pronoun"].lower(), verb, rest


@lru_cache(maxsize=REMEMBERED)
def own_subject(text: str) -> str:
    """Return the noun phrase a sentence opens with before its verb, or "" if it has none.

    A sentence that opens with a verb ("Supports HTTP") or an adjective has none of its own.
    """
    tokens = words(text)[:MAX_SEARCHED]
    place = verb_place(tokens)
    if not place:
        return ""
    verb = next(islice(WORD.finditer(text), place, None))
    return text[: verb.start()].strip(" ,")


def unfronted(text: str) -> str:
    """Return a sentence from its subject on, without the time or place it may open with."""
    match = _FRONT.match(text)
    return text[match.end() :] if match is not None else text


def verb_place(tokens: list[str]) -> int:
    """Return which of the words is the verb of the noun phrase they open with, 0 for none."""
    if not tokens or tokens[0].lower() in PRONOUNS or tokens[0].lower() in MODALS:
        return 0
    if is_base_verb(tokens[0]) and len(tokens) > 1 and not _is_compound(tokens):
        return 0
    for place in range(1, len(tokens)):
        before = tokens[place - 1].lower()
        if tokens[place].lower() in _RELATIVE:
            return 0
        if before in _OPENS_NOUN or not is_finite(tokens, place):
            continue
        head = tokens[:place]
        named = _is_nominal(head) and not all(word.lower() in STOP_WORDS for word in head)
        return place if named else 0
    return 0


def _is_compound(tokens: list[str]) -> bool:
    """Return whether a word spelt like a verb is a noun: "Cover is", "Cache sizes are"."""
    if tokens[1].lower() in _AUXILIARIES or all(map(str.istitle, tokens[:TITLED])):
        return True
    return (
        len(tokens) > TWO
        and tokens[TWO].lower() in COPULAS
        and tokens[1].lower() not in _DETERMINERS | STOP_WORDS
    )


def is_finite(tokens: list[str], place: int) -> bool:
    """Return whether a word is the verb of its sentence; a bare form needs a plural before it."""
    word, before = tokens[place], tokens[place - 1].lower()
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if not word[0].islower():
        return False
    if is_past(word):
        if before.endswith("ly") and after.lower() not in _DETERMINERS:
            return False
        names = all(token[0].isupper() for token in tokens[:place])
        named = place >= TWO and names and after.lower() in SPLITTERS
        acted = names and word not in _ADJECTIVAL and after.isalpha() and after not in SPLITTERS
        return governs(word, after) or named or (acted and len(tokens) > place + TWO)
    if not is_verb(word):
        return False
    if word not in _AUXILIARIES and after in _AUXILIARIES:
        return False
    if not after and third_person(word) in DOUBTFUL:
        return False
    return word not in _BARE or before.endswith("s") or before in _PLURALS


def governs(past: str, after: str) -> bool:
    """Return whether a past form is a verb, not a participle: it has an object, or needs none."""
    if past in INTRANSITIVE:
        return True
    return bool(after) and (after.lower() in _DETERMINERS or after[0].isupper() or has_digit(after))


def is_base_verb(word: str) -> bool:
    """Return whether a sentence that opens with the word opens with a verb."""
    low = word.lower()
    return low in VERBS or (is_verb(low) and low not in _AUXILIARIES)


def _is_nominal(head: list[str]) -> bool:
    low = [word.lower() for word in head]
    if low[0] in _NO_SUBJECT:
        return False
    return (len(low) <= MAX_NOUN_WORDS and not low[-1].endswith("ly")) or len(low) > 1
