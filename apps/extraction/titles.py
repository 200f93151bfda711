"""Tells titles from sentences, cleans them, and finds the name a title gives its subject."""

import re
from functools import lru_cache

from apps.extraction.lexicon import (
    COPULAS,
    GENERIC,
    MODALS,
    PRONOUNS,
    REMEMBERED,
    has_digit,
    words,
)
from apps.extraction.quantities import MONTHS
from apps.extraction.verbs import word_set

MAX_QUESTION_WORDS, MAX_SPELT, FEW = 8, 6, 2
MAX_TITLE_WORDS = 10
MAX_TITLE_CHARS = 90

_NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:(?:\.\d{1,2}){1,3}[.)]?|[.)])\s+|[IVX]{1,5}\.\s+|"
    r"(?i:chapter|part|section|lecture|unit|week|module|lesson|session)\s+(?:\d+|[IVX]+)\s*[:.–-]\s*)"
)
_REMARK = re.compile(
    r"\s*\((?:[^()]*\b(?:important|exam|optional|todo|cont(?:inued|\.)?)\b[^()]*)\)", re.I
)
_TAIL = re.compile(r"[\s:.;,–—-]+$")
_HEAD = re.compile(r"^[\s.:;,!#*_–—-]+(?=\S)")
_ACRONYM = re.compile(r"^(?P<long>.{3,60}?)\s*\((?P<short>[A-Z][A-Za-z0-9-]{1,9})\)$")
_SPELT = re.compile(
    r"^(?:[A-Z][a-z]+ )?(?P<short>[A-Z][A-Za-z0-9-]{1,9})\s+\((?P<long>[^()]{6,60})\)$"
)
_DASH = re.compile(r"\s+[-–—]\s+")
_EXPLAINED = re.compile(r":\s+(?:[a-z]|an?\s|the\s)")
DATED = re.compile(
    r"(?:c(?:irca|a)?\.? ?)?(?:\d{1,2}(?:st|nd|rd|th)? )?"
    rf"(?:(?:{'|'.join(map(str.title, MONTHS))})[a-z]{{0,6}}\.? )?"
    r"(?:\d{1,4}(?:\s?[-–/]\s?\d{1,4})?\s?(?:BC|BCE|AD|CE)|[12]\d{3}(?:\s?[-–/]\s?\d{1,4})?)"
    r"\s*(?:[-–—:]|→)\s+(?=\S)"
)
"""A date with what happened then behind it: "445 BC - marriage allowed"."""
_LIMITED = re.compile(r"\((?:(?:max|min|up to|over|under|at (?:least|most))\b|[<>~])[^)]*\d", re.I)
"""A value and how far it goes: "RAM (max 30 GB)"."""
_KIND = re.compile(r"^[A-Z][a-z]+:\s+(?=[A-Z])")
_GLUED = re.compile(r"^(?P<title>.*?[A-Za-z)]):(?P<alt>[a-z][a-z0-9-]*)$")
_QUESTION = re.compile(r"^(?:what|which|when|where|how|why|who)\b.*\?$", re.I)
_SINGULAR = word_set(
    "biceps triceps quadriceps forceps "
    "diabetes species series rabies scabies herpes lens gas bias canvas atlas alias pancreas "
    "ascites news means headquarters crossroads"
)
"""Words that end like a plural and are none, or one as often as the other."""
_PART = re.compile(r"^(?P<aspect>[^()]+?)\s*\((?P<of>[A-Z][^()]+)\)$")
"""A generic title with the thing it is of: "Pricing (Spot fleet)"."""
_SEVERAL = re.compile(r",\s|\sand\s|\s&\s")
_SENTENCE_END = (".", "!", ";", ",")


def is_title(text: str) -> bool:
    """Return whether a line without a bullet reads as a title, by its length and its words."""
    text = text.strip()
    tokens = words(text)
    if not tokens or len(tokens) > MAX_TITLE_WORDS or len(text) > MAX_TITLE_CHARS:
        return False
    if _QUESTION.match(text):
        return len(tokens) <= MAX_QUESTION_WORDS
    bare = text.rstrip(":").rstrip()
    if bare.endswith(_SENTENCE_END) and not (len(tokens) <= MAX_SPELT and ":" in bare):
        return False
    if " = " in bare or (": " in bare and has_digit(bare.split(": ", 1)[1])):
        return False
    if (
        DATED.match(bare)
        or _EXPLAINED.search(bare) is not None
        or _LIMITED.search(bare) is not None
    ):
        return False
    lows = [token.lower().replace("’", "'") for token in tokens]
    if "not" in lows or lows[0] in PRONOUNS or lows[0] in MODALS or "http" in lows[0]:
        return False
    if any(low in COPULAS or low in MODALS for low in lows[1:]):
        return False
    first = bare[0] if bare else ""
    coined = len(tokens[0]) > 1 and not tokens[0].islower() and not has_digit(bare)
    return first.isupper() or first.isdigit() or coined or first in '."“§' or text.endswith(":")


@lru_cache(maxsize=REMEMBERED)
def clean_title(text: str) -> str:
    """Return a title without numbering, exam remarks, trailing marks or glued image names."""
    title = _REMARK.sub("", text.strip())
    title = _HEAD.sub("", title)
    title = _NUMBERING.sub("", title)
    glued = _GLUED.match(title)
    if glued is not None:
        title = glued["title"]
    title = _TAIL.sub("", title)
    return title or text.strip()


def is_name(term: str) -> bool:
    """Return whether a term is a name: capitals or digits inside a word, or two capitals."""
    tokens = words(term)
    coined = any(not char.islower() and char.isalnum() for word in tokens for char in word[1:])
    return coined or sum(word[0].isupper() for word in tokens) >= FEW


def is_weak(label: str) -> bool:
    """Return whether a label needs the thing above it: one common word, or a generic title."""
    return is_generic(label) or (len(words(label)) <= 1 and not is_name(label))


@lru_cache(maxsize=REMEMBERED)
def is_generic(title: str) -> bool:
    """Return whether a title says nothing without the one above it."""
    return GENERIC.match(clean_title(title)) is not None


def name_of(title: str) -> str:
    """Return the subject a title names: "EC2" of "Compute - EC2", "X" of "3. X:"."""
    title = clean_title(title)
    part = _PART.match(title)
    if part is not None and is_generic(part["aspect"]) and not spells(part["of"], part["aspect"]):
        return part["of"]
    parts = _DASH.split(title)
    name = parts[0] if parts[-1][:1].islower() else parts[-1]
    return _KIND.sub("", name if words(name) else title) or title


def acronym_of(text: str) -> tuple[str, str] | None:
    """Return (long, short) of "Long Form (LF)" or "LF (Long Form)" if the letters agree."""
    match = _ACRONYM.match(text.strip())
    turned = _SPELT.match(text.strip()) if match is None else None
    if turned is not None and spells(turned["short"], turned["long"]):
        return turned["long"].strip(), turned["short"]
    if match is None or not spells(match["short"], match["long"]):
        return None
    return match["long"].strip(), match["short"]


def spells(short: str, long: str) -> bool:
    """Return whether the letters of `short` occur in order, starting words of `long` first."""
    letters = [char for char in short.lower() if char.isalpha()]
    if letters and short.endswith("s") and len(letters) > FEW:
        letters = letters[:-1]
    tokens = [token.lower() for token in re.findall(r"[A-Za-z]+", long)]
    if len(letters) < FEW or len(tokens) < FEW or tokens[0][0] != letters[0]:
        return False
    initials = sum(1 for letter in letters if any(token[0] == letter for token in tokens))
    rest = iter("".join(tokens))
    return initials * 3 >= len(letters) * 2 and all(letter in rest for letter in letters)


def is_many(subject: str) -> bool:
    """Return whether a subject takes "they": a plural or several names, no abbreviated name."""
    both = acronym_of(subject)
    if both is not None:
        return is_plural(both[1])
    return is_plural(subject) or _SEVERAL.search(subject) is not None


@lru_cache(maxsize=REMEMBERED)
def is_plural(term: str) -> bool:
    """Return whether a term reads as a plural; abbreviations in capitals do not."""
    head = re.split(r"\s(?:of|for|in|with|to)\s|\s*\(", term)[0]
    tokens = words(head)
    last = tokens[-1] if tokens else ""
    if last.lower() in _SINGULAR:
        return False
    if last.isupper() or len(last) <= FEW + 1:
        return bool(re.match(r"^[A-Z]{2,}s$", last))
    return last.lower().endswith("s") and not last.lower().endswith(("ss", "us", "is", "ics"))
