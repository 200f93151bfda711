"""Words prompts so that they ask one clear thing of a stranger."""

import re

from apps.extraction.lexicon import ARTICLES, COPULAS, MODALS, STOP_WORDS, is_verb, words
from apps.extraction.statements.sentences import balanced

_MEANS = re.compile(r"^(?:means?|meaning)\s+(?:that\s+)?", re.I)
_USED = re.compile(
    r"^(?:is |are )?(?P<how>used|useful|good|great|ideal|suited|best|designed|meant)\s+(?P<what>(?:for|to|when|by|in|with|as)\s.+)$",
    re.I,
)
_BE = re.compile(r"^(?:is|are|was|were)\s+", re.I)
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
    tokens = words(meaning)
    if not tokens:
        return f"what {be} {term}?", ""
    first, second = tokens[0], tokens[1].lower() if len(tokens) > 1 else ""
    acts = is_verb(first) and first.lower() not in COPULAS | MODALS
    if acts and (first.lower().endswith("s") or second in ARTICLES or second in STOP_WORDS):
        return f"what {do} {term} do?", meaning
    if first.lower() in ARTICLES or (first[0].isupper() and not acts and len(tokens) >= 3):
        return f"what {be} {term}?", meaning
    return f"what characterises {term}?", meaning


def is_plural(term: str) -> bool:
    """Return whether a term reads as a plural; abbreviations in capitals do not."""
    head = re.split(r"\s(?:of|for|in|with|to)\s|\s*\(", term)[0]
    tokens = words(head)
    last = tokens[-1] if tokens else ""
    if last.isupper() or len(last) < 4:
        return bool(re.match(r"^[A-Z]{2,}s$", last))
    return last.lower().endswith("s") and not last.lower().endswith(("ss", "us", "is", "ics"))


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
