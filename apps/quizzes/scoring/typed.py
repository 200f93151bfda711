"""Typed answers: forgiving towards typing, strict towards numbers and meaning."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

ARTICLE = re.compile(r"^(?:a|an|the) (?=\S)")
# Signs next to a digit may carry the number ("-5", "3.5", "1/2"), so they stay where they are.
JOINERS = re.compile(r"(?<!\d)[-‐‑‒–—_/](?!\d)")
PUNCTUATION = re.compile(r"[\"'“”‘’`´()\[\]{}!?…;]|[.,:](?!\d)")
SPACE_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[^\W\d_]|%)")
DIGIT = re.compile(r"\d")

# A slip of the finger is forgiven from this length on, and only in answers without digits.
FEWEST_LETTERS = 5
NEAR = 92


def score_typed(accepted: Sequence[str], text: str) -> float:
    """1 if the text is one of the accepted answers, give or take a slip; otherwise 0."""
    given = normalise(text)
    if not given:
        return 0.0
    return float(any(is_same(normalise(answer), given) for answer in accepted))


def normalise(text: str) -> str:
    """A text without what an examiner overlooks: case, spacing, punctuation, a leading article.

    What consists of punctuation only stays as it is.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    words = " ".join(PUNCTUATION.sub("", JOINERS.sub(" ", plain)).split())
    words = SPACE_BEFORE_UNIT.sub("", ARTICLE.sub("", words))
    return words or plain


def is_same(answer: str, given: str) -> bool:
    """Whether two normalised texts are the same answer."""
    if answer == given:
        return True
    if DIGIT.search(answer + given) or fuzz.ratio(answer, given) < NEAR:
        return False
    words, typed = answer.split(), given.split()
    return len(words) == len(typed) and all(
        word == other or is_slip(word, other) for word, other in zip(words, typed, strict=True)
    )


def is_slip(word: str, given: str) -> bool:
    """Whether one word is the other with a single letter wrong, missing, added or swapped.

    The first letter must stand: (a)symmetric and (a)synchronous are opposites, not slips.
    """
    return (
        min(len(word), len(given)) >= FEWEST_LETTERS
        and word[0] == given[0]
        and OSA.distance(word, given) <= 1
    )
