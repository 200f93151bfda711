"""Chooses the words of a sentence that are worth being asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.extraction.documents import Quantity
from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    NAME,
    PRONOUNS,
    SPLITTERS,
    STOP_WORDS,
    WORD,
    is_verb,
    stands_in,
    words,
)
from apps.extraction.quantities import COUNT

LATE = 4
"""Words before a bare number that ends a sentence and counts something."""
MIN_NAME = 2
MIN_SHOWN = 2
SHORT = (2, 4)
"""Words of the gaps that are easiest to answer."""
MAX_GAP_WORDS = 7
MAX_SERIES_WORDS = 11
COMMAS = 2
MIN_WORDS = 3
_POLE = re.compile(
    r"\b(?:enabled|disabled|stateful|stateless|synchronous(?:ly)?|asynchronous(?:ly)?|static|"
    r"dynamic|"
    r"always on|optional|mandatory|public|private|encrypted|unencrypted|temporary|permanent|"
    r"persistent|ephemeral|immutable|mutable|serverless|regional|global|zonal|horizontal(?:ly)?|"
    r"vertical(?:ly)?|strongly consistent|eventually consistent|internal|external|aerobic|"
    r"anaerobic|reversible|irreversible|inbound|outbound)\b",
    re.I,
)
_SERIES = re.compile(r"(?P<first>[^,:;()]{1,60})(?:,\s[^,:;()]{1,40}){2,}$")
_CLAUSE_END = re.compile(
    r"[;:(]|,\s|\.\s|\s[-–—]\s|\s→|\s=\s|\s(?:and|but|so that|because|which|while|when|if)\s"
)
_FOLLOWING = re.compile(r" (?P<word>[a-z][\w'’-]*)")
_RANGE = re.compile(r"^\s*(?:-|–|—|to|up to|and|/)\s*$")
_COUNTED = re.compile(r" [A-Z]{2,4}s?(?![\w-])")
_CONTENT = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Gap:
    """The characters `start` to `end` of a text, the role they play, and how good a gap it is."""

    start: int
    end: int
    role: str
    score: float


def find_gaps(text: str, quantities: tuple[Quantity, ...], shown: str) -> list[Gap]:
    """Return the gaps of a text, best first; `shown` is what stands before it.

    Numbers with a unit come first, then names, then what follows a verb or a preposition.
    """
    found = [
        *_numbers(text, quantities),
        *_names(text, shown),
        *_tails(text),
        *_poles(text),
        *_series(text),
    ]
    if len(words(text)) < MIN_WORDS or not _says_something(text):
        found = [gap for gap in found if gap.role in ("number", "pole")]
    fit = [gap for gap in found if _leaves_enough(text, gap, shown) and not _told(text, gap, shown)]
    return sorted(fit, key=lambda gap: (-gap.score, gap.start))


def _says_something(text: str) -> bool:
    """Return whether a text has a verb or a preposition, and is more than a name."""
    return any(is_verb(word) or word.lower() in SPLITTERS for word in words(text))


def _numbers(text: str, quantities: tuple[Quantity, ...]) -> Iterator[Gap]:
    place = 0
    while place < len(quantities):
        first = last = quantities[place]
        while place + 1 < len(quantities) and _RANGE.match(
            text[last.end : quantities[place + 1].start]
        ):
            place += 1
            last = quantities[place]
        place += 1
        start = first.start + len(text[first.start :]) - len(text[first.start :].lstrip())
        if first.dimension == COUNT and last is first and not _counts(text, first):
            continue
        bonus = 0.0 if first.dimension == COUNT else 0.3
        stop = start + len(text[start : last.end].rstrip())
        unit = _COUNTED.match(text, stop) if first.dimension == COUNT else None
        yield Gap(start, unit.end() if unit else stop, "number", 1.2 + bonus)


def _counts(text: str, quantity: Quantity) -> bool:
    """Return whether a bare number counts something, and is no part of a name or an order."""
    before = WORD.findall(text[: quantity.start])
    after = text[quantity.end :]
    if before and before[-1][0].isupper() and before[-1].lower() not in STOP_WORDS:
        return not after.strip() and len(before) >= LATE
    return not re.match(r"st\b|nd\b|rd\b|th\b|[.)]\s", after)


def _names(text: str, shown: str) -> Iterator[Gap]:
    known = shown.lower()
    for match in NAME.finditer(text):
        name = match[0].rstrip(".,-/&")
        before = text[: match.start()].rstrip(' "“(')
        first = not before or before[-1] in ".!?:" or text[: match.start()].endswith(("-", "/"))
        if first or name.lower() in known or name.lower() in STOP_WORDS or len(name) < MIN_NAME:
            continue
        plain = re.match(r"^[A-Z][a-z]+$", name) is not None
        late = match.start() / max(1, len(text))
        end = _noun_end(text, match.start() + len(name))
        if end is not None:
            yield Gap(match.start(), end, "name", 0.75 + 0.2 * late - 0.15 * plain)


def _noun_end(text: str, end: int) -> int | None:
    """Return where a name ends with the one noun it may stand before, None within a longer run."""
    following = _FOLLOWING.match(text, end)
    if following is None:
        return end
    word = following["word"]
    if word.lower() in STOP_WORDS or word.lower() in SPLITTERS or is_verb(word):
        return end
    after = _FOLLOWING.match(text, following.end())
    if (
        after is not None
        and after["word"].lower() not in STOP_WORDS | SPLITTERS
        and not is_verb(after["word"])
    ):
        return None
    return following.end()


def _tails(text: str) -> Iterator[Gap]:
    """What follows a verb, a copula or a preposition up to the end of its clause."""
    tokens = list(WORD.finditer(text))
    for place in range(1, min(len(tokens), 40)):
        before = tokens[place - 1][0].lower()
        if place > 1 and tokens[place - 1][0][0].isupper():
            continue
        opener = before in COPULAS or before in MODALS or before in SPLITTERS or is_verb(before)
        if not opener or (place == 1 and before in ARTICLES):
            continue
        start, skipped = _start(text, tokens, place)
        if start is None:
            continue
        stop = _CLAUSE_END.search(text, start + 1)
        end = stop.start() if stop else len(text.rstrip(" .!,;"))
        part = text[start:end].rstrip(" .!,;")
        count = len(words(part))
        if not 1 <= count <= MAX_GAP_WORDS or not _tells(part) or _ends_openly(part):
            continue
        score = (
            0.5
            + 0.1 * (SHORT[0] <= count <= SHORT[1])
            + 0.05 * (stop is None)
            - 0.02 * max(0, count - SHORT[1])
        )
        score += (
            0.1 * (before in COPULAS) - 0.15 * (before == "not" and stop is None) + 0.05 * skipped
        )
        score -= 0.2 * (words(part)[0].lower() in STOP_WORDS)
        yield Gap(start, start + len(part), "tail", score)


def _poles(text: str) -> Iterator[Gap]:
    """Words that have an opposite: enabled, stateless, synchronous."""
    for match in _POLE.finditer(text):
        yield Gap(match.start(), match.end(), "pole", 0.72)


def _series(text: str) -> Iterator[Gap]:
    """The three and more things a sentence ends by listing."""
    match = _SERIES.search(text)
    if match is None:
        return
    start = match.start("first")
    for token in WORD.finditer(match["first"]):
        if is_verb(token[0]) or token[0].lower() in SPLITTERS:
            start = match.start("first") + token.end()
    series = text[start:].strip(" .,")
    lead = WORD.findall(text[:start])
    opened = bool(lead) and (is_verb(lead[-1]) or lead[-1].lower() in SPLITTERS)
    if opened and len(words(series)) <= MAX_SERIES_WORDS and series.count(",") >= COMMAS:
        begin = text.index(series, start)
        yield Gap(begin, begin + len(series), "series", 0.95)


def _start(text: str, tokens: list[re.Match[str]], place: int) -> tuple[int | None, bool]:
    """Return where a tail begins, after an article, and whether one was passed."""
    token = tokens[place]
    if token[0].lower() in ARTICLES and place + 1 < len(tokens):
        return tokens[place + 1].start(), True
    if token[0].lower() in PRONOUNS:
        return None, False
    start = token.start()
    while start and text[start - 1] in '"“.#/$(':
        start -= 1
    return start, False


def _ends_openly(part: str) -> bool:
    """Return whether a part breaks off at a word that asks for another one."""
    return words(part)[-1].lower() in SPLITTERS | ARTICLES | {"and", "or", "but", "both", "up"}


def _tells(part: str) -> bool:
    return any(
        word.lower() not in STOP_WORDS and (_CONTENT.search(word) or not word.islower())
        for word in words(part)
    )


def _leaves_enough(text: str, gap: Gap, shown: str) -> bool:
    """Return whether what stays visible still asks something."""
    rest = f"{text[: gap.start]} {text[gap.end :]}"
    content = [word for word in words(rest) if word.lower() not in STOP_WORDS and len(word) > 1]
    need = 1 if shown and gap.role == "number" else 2 if not shown else 1
    visible = len(words(rest)) + (len(words(shown)) > 0)
    return len(content) >= need and visible >= MIN_SHOWN and balanced_gap(text, gap)


def balanced_gap(text: str, gap: Gap) -> bool:
    """Return whether a gap cuts no pair of brackets apart."""
    part = text[gap.start : gap.end]
    return part.count("(") == part.count(")") and "::" not in part and "}" not in part


def _told(text: str, gap: Gap, shown: str) -> bool:
    """Return whether the answer stands in what stays visible."""
    answer = text[gap.start : gap.end].lower()
    return stands_in(answer, f"{shown} {text[: gap.start]} | {text[gap.end :]}".lower())
