"""Words that have an opposite, so that one of a pair can be asked for and the other refuted."""

import re
from functools import lru_cache

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
POLE = re.compile(
    r"\b(?:" + "|".join(sorted((*OPPOSITES, *_ALONE), key=len, reverse=True)) + r")\b(?!-)", re.I
)
"""A word with an opposite, or one that sets a thing apart in the same way."""


@lru_cache(maxsize=2048)
def poles_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that have a contrary, in lower case."""
    found = (match[0].lower() for match in POLE.finditer(text))
    return tuple(word for word in found if word in OPPOSITES)
