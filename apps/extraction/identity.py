"""Gives drafts an identity that survives edits of the note."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from apps.extraction.lexicon import REMEMBERED, canonical
from apps.extraction.quantities import without_numbers
from apps.extraction.titles import clean_title, is_generic

KEY_LENGTH = 24


def digest(*parts: str) -> str:
    """Return a short stable hash of the parts."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:KEY_LENGTH]


@lru_cache(maxsize=REMEMBERED)
def skeleton(text: str) -> str:
    """Return the wording of a text with every number masked."""
    return canonical(without_numbers(text).replace("#", " 0 "))


@lru_cache(maxsize=REMEMBERED)
def nearest_titles(path: tuple[str, ...]) -> str:
    """Return the titles that name a place: the last telling one and the generic ones below it.

    Titles further up are left out, so that a part may move inside its note and keep its keys.
    """
    named: list[str] = []
    for title in reversed(path):
        named.append(canonical(clean_title(title)))
        if not is_generic(title):
            break
    return " / ".join(reversed(named))


def disambiguated(keys: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """Return unique keys: a key that occurs again takes in its whole path, then its turn."""
    used: set[str] = set()
    turns: dict[tuple[str, tuple[str, ...]], int] = {}
    unique: list[str] = []
    for key, path in keys:
        candidate = key
        while candidate in used:
            turn = turns.get((key, path), 0)
            turns[key, path] = turn + 1
            candidate = digest(key, *map(canonical, path), str(turn))
        used.add(candidate)
        unique.append(candidate)
    return unique
