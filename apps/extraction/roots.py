"""Compares words by their roots, so that "implicit deny" is seen to tell "implicitly denied"."""

import re
from functools import lru_cache

from apps.extraction.lexicon import REMEMBERED, words

_ENDING = re.compile(r"(?<=\w{3})(?:ied|ions?|ing|ly|al|ed|es|s|e|y)$")
_PARTS = re.compile(r"[-/]|(?<=[a-z])(?=[A-Z])")
"""Where a word falls into words: "multi-zone", "ReplaceUnhealthy"."""
_JOINED = re.compile(r"[a-z][A-Z]|\w[-/]\w")


def apart(text: str) -> str:
    """Return a text with the words that are written as one apart: "HealthCheck"."""
    return _PARTS.sub(" ", text) if _JOINED.search(text) else text


@lru_cache(maxsize=REMEMBERED)
def root(word: str) -> str:
    """Return what a word shares with its other forms, in lower case; English endings only."""
    low = word.lower().replace("-", "")
    return _ENDING.sub("", low[:-1] if low.endswith("s") and not word.islower() else low)


@lru_cache(maxsize=REMEMBERED)
def roots(text: str) -> frozenset[str]:
    """Return the roots of the words of a text, and of the parts of a word such as "lowestPrice"."""
    split = apart(text)
    parts = words(split) if split is not text else ()
    return frozenset(map(root, (*words(text), *parts)))
