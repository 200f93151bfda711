"""Words that have an opposite, so that one of a pair can be asked for and the other refuted."""

import re
from functools import lru_cache

from apps.extraction.lexicon import REMEMBERED, letter_runs

_PAIRS = (
    ("enabled", "disabled"), ("stateful", "stateless"), ("synchronous", "asynchronous"),
    ("synchronously", "asynchronously"), ("static", "dynamic"), ("public", "private"),
    ("encrypted", "unencrypted"), ("temporary", "permanent"), ("persistent", "ephemeral"),
    ("mutable", "immutable"), ("optional", "mandatory"), ("horizontal", "vertical"),
    ("horizontally", "vertically"), ("strongly consistent", "eventually consistent"),
    ("internal", "external"), ("aerobic", "anaerobic"), ("reversible", "irreversible"),
    ("inbound", "outbound"), ("voluntary", "involuntary"), ("acute", "chronic"),
    ("benign", "malignant"), ("soluble", "insoluble"), ("saturated", "unsaturated"),
    ("endothermic", "exothermic"), ("symmetric", "asymmetric"), ("connectionless",
    "connection-oriented"), ("afferent", "efferent"), ("unicellular", "multicellular"),
    ("dominant", "recessive"), ("binding", "non-binding"), ("explicit", "implicit"),
)  # fmt: skip
OPPOSITES: dict[str, str] = {**dict(_PAIRS), **{other: one for one, other in _PAIRS}}
"""Each word with its contrary, in lower case."""
_ALONE = ("always on", "serverless", "regional", "global", "zonal")
_POLE = re.compile(
    r"\b(?:" + "|".join(sorted((*OPPOSITES, *_ALONE), key=len, reverse=True)) + r")\b(?!-)", re.I
)
"""A word with an opposite, or one that sets a thing apart in the same way."""


_FIRST_WORDS = frozenset(re.split(r"\W", pole)[0] for pole in (*OPPOSITES, *_ALONE))


@lru_cache(maxsize=REMEMBERED)
def find_poles(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words stand that have an opposite or set a thing apart."""
    if _FIRST_WORDS.isdisjoint(letter_runs(text)):
        return ()
    return tuple(match.span() for match in _POLE.finditer(text))


def poles_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that have a contrary, in lower case."""
    found = (text[start:end].lower() for start, end in find_poles(text))
    return tuple(word for word in found if word in OPPOSITES)
