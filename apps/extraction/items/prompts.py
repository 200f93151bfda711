"""Words prompts so that they ask one clear thing of a stranger."""

import re

from apps.extraction.lexicon import COPULAS, MODALS, SPLITTERS, is_verb, words
from apps.extraction.sentences import balanced, own_subject
from apps.extraction.titles import is_plural

_MEANS = re.compile(r"^(?:means?|meaning)\s+(?:that\s+)?", re.I)
_USED = re.compile(
    r"^(?:is |are )?(?P<how>used|useful|good|great|ideal|suited|best|designed|meant)\s+(?P<what>(?:for|to|when|by|in|with|as)\s.+)$",
    re.I,
)
_BE = re.compile(r"^(?:is|are|was|were)\s+", re.I)
_FOR = re.compile(r"^for\s+", re.I)
_STATE = re.compile(
    r"^(?:free (?:of|for|from|until)|not charged|always|never|only|no|not|none|disabled|enabled|available|unlimited|supported|"
    r"automatically|by default|up to|at (?:least|most))\b",
    re.I,
)
_ACTS = re.compile(
    r"^[a-z]+[^su]s\s+(?:an?|the|its|their|each|every|one|up|down|back|out|to)\b", re.I
)
_DATED = re.compile(r"\b1\d{3}\b|\b20\d{2}\b")
SHORT = 3
"""Words up to which a phrase is a short one."""
_CUT = re.compile(
    r"\.{3,}|;\s|\.\s+(?=[A-Z])|\s[-–—]\s|,\s(?=(?:which|so|because|but|where|and then|e\.g)\b)|\s\((?=[^()]*\)?$)"
)


def joined(context: str, ask: str) -> str:
    """Return a prompt with its context in front: "EBS › gp2: size?"."""
    return f"{context}: {ask}" if context else f"{ask[:1].upper()}{ask[1:]}"


def definition_prompt(term: str, meaning: str) -> tuple[str, str]:
    """Return the question that asks for a term's meaning, and the meaning to answer it with."""
    plural = is_plural(term)
    be, do = ("are", "do") if plural else ("is", "does")
    meaning = meaning.strip().rstrip(".")
    if _MEANS.match(meaning):
        return f"what {do} {term} mean?", _MEANS.sub("", meaning)
    used = _USED.match(meaning)
    if used is not None:
        return f"what {be} {term} {used['how'].lower()} for?", used["what"]
    if _BE.match(meaning):
        return f"what {be} {term}?", _BE.sub("", meaning)
    if _FOR.match(meaning):
        return f"what {be} {term} for?", _FOR.sub("", meaning)
    tokens = words(meaning)
    first = tokens[0].lower() if tokens else ""
    if _DATED.search(term):
        return f"what happened: {term}?", meaning
    if not tokens or first in MODALS or _STATE.match(meaning) or _is_clause(meaning):
        return f"what characterises {term}?", meaning
    acts = is_verb(first) and first not in COPULAS
    if (acts and (first.endswith("s") or plural)) or _ACTS.match(meaning):
        return f"what {do} {term} do?", meaning
    second = tokens[1].lower() if len(tokens) > 1 else ""
    if acts or first.endswith("ly") or (first.endswith("ed") and second in SPLITTERS):
        return f"what characterises {term}?", meaning
    return f"what {be} {term}?", meaning


def _is_clause(meaning: str) -> bool:
    """Return whether a meaning is a sentence with a subject of its own."""
    own = own_subject(meaning)
    return bool(own) and len(words(own)) <= SHORT


def shortened(text: str, limit: int) -> str:
    """Return a text cut at the last clause that ends within `limit` words, or as it is."""
    if len(words(text)) <= limit:
        return text
    cuts = [match.start() for match in _CUT.finditer(text)]
    for cut in reversed(cuts):
        head = text[:cut].rstrip(" ,;:-–—")
        if 3 <= len(words(head)) <= limit and balanced(head):
            return head
    return text
