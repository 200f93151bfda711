"""Words prompts so that they ask one clear thing of a stranger."""

import re

from apps.extraction.lexicon import COPULAS, MODALS, SPLITTERS, is_verb, words
from apps.extraction.sentences import balanced, own_subject
from apps.extraction.titles import is_plural

_MEANS = re.compile(r"^(?:means?|meaning)\s+(?:that\s+)?", re.I)
_USED = re.compile(
    r"^(?:is |are )?(?P<how>used|useful|good|great|ideal|suited|best|designed|meant)"
    r"\s+(?P<what>(?:for|to|when|by|in|with|as)\s.+)$",
    re.I,
)
_BE = re.compile(r"^(?:is|are|was|were)\s+", re.I)
_FOR = re.compile(r"^for\s+", re.I)
_STATE = re.compile(
    r"^(?:free (?:of|for|from|until)|not charged|always|never|only|no|not|none|disabled|"
    r"enabled|available|"
    r"unlimited|supported|"
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
    r"\.{3,}|;\s|\.\s+(?=[A-Z])|\s[-–—]\s|"
    r",\s(?=(?:which|so|because|but|where|and then|e\.g)\b)|\s\((?=[^()]*\)?$)"
)


def joined(context: str, ask: str) -> str:
    """Return a prompt with its context in front: "EBS › gp2: size?"."""
    return f"{context}: {ask}" if context else f"{ask[:1].upper()}{ask[1:]}"


def definition_prompt(term: str, meaning: str) -> tuple[str, str]:
    """Return the question that asks for a term's meaning, and the meaning to answer it with."""
    plural = is_plural(term)
    be, do = ("are", "do") if plural else ("is", "does")
    meaning = meaning.strip().rstrip(".")
    used = _USED.match(meaning)
    if used is not None:
        return f"what {be} {term} {used['how'].lower()} for?", used["what"]
    for opener, ask in ((_MEANS, f"what {do} {term} mean?"), (_BE, f"what {be} {term}?"),
                        (_FOR, f"what {be} {term} for?")):  # fmt: skip
        if opener.match(meaning):
            return ask, opener.sub("", meaning)
    if _DATED.search(term):
        return f"what happened: {term}?", meaning
    if _is_action(meaning, plural):
        return f"what {do} {term} do?", meaning
    if _is_state(meaning):
        return f"what characterises {term}?", meaning
    return f"what {be} {term}?", meaning


def _is_action(meaning: str, plural: bool) -> bool:
    """Return whether a meaning opens with the verb of something that acts."""
    first = next(iter(words(meaning)), "").lower()
    acts = is_verb(first) and first not in COPULAS | MODALS and (first.endswith("s") or plural)
    return acts or _ACTS.match(meaning) is not None


def _is_state(meaning: str) -> bool:
    """Return whether a meaning says how a thing is or what to do, not what it is or does."""
    tokens = [word.lower() for word in words(meaning)[:2]]
    if not tokens or tokens[0] in MODALS or _STATE.match(meaning) or _is_clause(meaning):
        return True
    passive = tokens[0].endswith("ed") and tokens[-1] in SPLITTERS
    commands = is_verb(tokens[0]) and not tokens[0].endswith("s") and not _ACTS.match(meaning)
    return passive or commands or tokens[0].endswith("ly")


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
        if SHORT <= len(words(head)) <= limit and balanced(head):
            return head
    return text
