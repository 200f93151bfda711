"""Finds what a short sentence says of its subject: the object of its verb, to its end."""

import re

from apps.extraction.items.fitness import LIGHT, is_common, is_told
from apps.extraction.items.phrases import Gap
from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    PRONOUNS,
    STOP_WORDS,
    WORD,
    is_verb,
)
from apps.extraction.sentences import MAX_SEARCHED, own_subject, unfronted, verb_place
from apps.extraction.verbs import is_past

OBJECT = "object"
"""The role of such a gap."""
SCORE = 0.6
MAX_OBJECT, MIN_TELLING = 7, 3
_LINKS = frozenset(
    {"by", "with", "in", "from", "for", "of", "into", "after", "to", "as", "on", "at", "via"}
)
_INSIDE = re.compile(
    r"[,;()]|:(?:\s|$)|\b(?:these|those|certain|that|which|who|when|if|because|while|than)\b", re.I
)
_LAST = re.compile(r"(?:\s+(?:instead|too|again|as well|[a-z]{3,}ly))?[\s.!]*$")
_NEXT = re.compile(r",\s+(?:and|but|while|whereas|so|which|who)\b")
_VAGUE = re.compile(
    r"^(?:soon|well|long|follows?|and|or|not|how|what|where|somewhere|there|here|best|even|just|"
    r"them|it|us|you|[a-z]+ly)\b",
    re.I,
)


def object_gap(text: str, shown: str) -> Gap | None:
    """Return the gap for what follows the verb, up to the end of the text, or None.

    "Verapamil causes constipation" leads to one answer where it names its subject itself; what
    is said with a light verb ("has", "uses"), as a clause or of a pronoun does not.
    """
    said = unfronted(text)
    tokens = list(WORD.finditer(text, len(text) - len(said)))
    plain = [token[0] for token in tokens[:MAX_SEARCHED]]
    verb = verb_place(plain)
    subject = own_subject(said)
    if not verb or subject.lower() in PRONOUNS or not _telling(subject):
        return None
    first = _after_verb(plain, verb)
    if first is None or first >= len(plain):
        return None
    if plain[first].lower() in ARTICLES and first + 1 < len(tokens):
        first += 1
    start = text.rfind(" ", 0, tokens[first].start()) + 1
    start += len(text[start:]) - len(text[start:].lstrip('“"('))
    part = _LAST.sub("", _NEXT.split(text[start:], maxsplit=1)[0])
    count = len(WORD.findall(part))
    if not 1 <= count <= MAX_OBJECT or _INSIDE.search(part) or not _telling(part):
        return None
    if _VAGUE.match(part) or is_common(part) or part.count('"') % 2:
        return None
    gap = Gap(start, start + len(part), OBJECT, SCORE)
    return None if is_told(text, gap, shown) else gap


def _after_verb(tokens: list[str], verb: int) -> int | None:
    """Return the place where the object begins: after the verb, or "is treated with"."""
    word = tokens[verb].lower()
    if word in MODALS or word.removesuffix("s") in LIGHT or word in LIGHT:
        return None
    place = verb + 1
    if word in COPULAS:
        if place < len(tokens) and is_past(tokens[place].lower()):
            place += 1
        else:
            named = tokens[0].lower() == "the" and place < len(tokens)
            return place if named and not tokens[place][0].islower() else None
    if place >= len(tokens):
        return None
    if tokens[place].lower() in _LINKS:
        place += 1
    if place < len(tokens) and (is_verb(tokens[place]) or tokens[place].lower() in PRONOUNS):
        return None
    return place


def _telling(text: str) -> bool:
    found = [word.lower() for word in WORD.findall(text)]
    return any(
        (word not in STOP_WORDS | LIGHT and len(word) >= MIN_TELLING) or word.isdigit()
        for word in found
    )
