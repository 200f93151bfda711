"""Judges whether what a gap leaves visible asks one clear thing."""

import re
from dataclasses import dataclass

from apps.extraction.lexicon import SPLITTERS, STOP_WORDS, is_verb, stands_in, words

MIN_SHOWN = 2
PINNED = 2
"""Telling words that must stay visible beside the subject where a clause's end is asked for."""
LIGHT = frozenset(
    words(
        "allow allows help helps use uses used using let lets make makes need needs enable enables "
        "provide provides support supports time times way ways case cases thing things place part "
        "parts end amount number example purpose fact kind type types option options available "
        "possible required needed recommended important good better best different same new other "
        "many much several always usually well once later others another one ones itself "
        "useful usable helpful"
    )
)
"""Words that pin nothing down and tell nothing when left out."""
_CONTRAST = re.compile(r"\b(?:only|not|cannot|never|\w+n['’]t)\b", re.I)
"""What is said against something else can be told from less."""
_EXAMPLE = re.compile(
    r"\b(?:like|such as) $|\be\.?g\b[^();]{0,60}$|\bfor example\b[^();.]{0,60}$", re.I
)
_CONDITION = re.compile(r"(?:if|when|whenever|once|while|after|before|unless|as soon as)\s", re.I)
_SHORT_IS = re.compile(r"['’](?:s|re)$")
_FOLLOWING = re.compile(r" (?P<word>[a-z][\w'’-]*)")


@dataclass(frozen=True, slots=True)
class Gap:
    """The characters `start` to `end` of a text, the role they play, and how good a gap it is."""

    start: int
    end: int
    role: str
    score: float


def is_fit(text: str, gap: Gap, shown: str, told: set[str]) -> bool:
    """Return whether a gap can be asked for.

    `shown` is what stands before the text, `told` the words of it in lower case.
    """
    return (
        _leaves_enough(text, gap, shown)
        and not _told(text, gap, shown)
        and _is_pinned(text, gap, told)
        and not _is_aside(text, gap)
    )


def _leaves_enough(text: str, gap: Gap, shown: str) -> bool:
    """Return whether what stays visible still asks something."""
    rest = f"{text[: gap.start]} {text[gap.end :]}"
    content = [word for word in words(rest) if word.lower() not in STOP_WORDS and len(word) > 1]
    need = 1 if shown and gap.role == "number" else 2 if not shown else 1
    visible = len(words(rest)) + (len(words(shown)) > 0)
    return len(content) >= need and visible >= MIN_SHOWN and _is_balanced(text, gap)


def _is_pinned(text: str, gap: Gap, told: set[str]) -> bool:
    """Return whether what stays visible leads to these words and to no others.

    A number or a name needs little; the end of a clause could be anything after "can" or "is",
    so it needs telling words before it, and must tell something itself.
    """
    bare = not any(is_verb(word) or _SHORT_IS.search(word) for word in words(text))
    following = _FOLLOWING.match(text, gap.end)
    noun = following is not None and following["word"] not in STOP_WORDS | SPLITTERS
    adjective = gap.role == "pole" and noun
    if gap.role != "tail" and not adjective and not (bare and gap.role == "name"):
        return True
    visible = {
        word.lower()
        for word in words(f"{text[: gap.start]} {text[gap.end :]}")
        if word.lower() not in STOP_WORDS | LIGHT and len(word) > 1
    }
    part = words(text[gap.start : gap.end])
    pinned = len(visible - told) + PINNED * (_CONTRAST.search(text) is not None)
    if len(part) == 1:
        low = part[0].lower()
        verbal = low.endswith(("ed", "ly")) or is_verb(low)
        light = low in LIGHT or (verbal and gap.role == "tail")
        return not light and pinned > PINNED
    if bare and words(text)[0].lower() in SPLITTERS:
        return False
    return pinned >= PINNED + bare


def _is_aside(text: str, gap: Gap) -> bool:
    """Return whether a gap stands in an example, or in the condition before what is said."""
    before = text[: gap.start]
    if _EXAMPLE.search(before):
        return True
    comma = text.find(", ")
    return gap.role != "number" and 0 < gap.start < comma and _CONDITION.match(text) is not None


def _is_balanced(text: str, gap: Gap) -> bool:
    """Return whether a gap cuts no pair of brackets apart."""
    part = text[gap.start : gap.end]
    return part.count("(") == part.count(")") and "::" not in part and "}" not in part


def _told(text: str, gap: Gap, shown: str) -> bool:
    """Return whether the answer stands in what stays visible."""
    answer = text[gap.start : gap.end].lower()
    return stands_in(answer, f"{shown} {text[: gap.start]} | {text[gap.end :]}".lower())
