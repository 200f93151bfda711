"""Finds the things a sentence ends by listing, each of which is asked for beside the others."""

import re
from collections.abc import Iterator

from apps.extraction.items.phrases import Gap
from apps.extraction.lexicon import SPLITTERS, STOP_WORDS, WORD, is_verb, words
from apps.extraction.verbs import is_past

SERIES = "series"
"""The role of a gap for several things that a sentence ends by listing."""
MAX_SERIES_WORDS = 11
COMMAS = 2
"""Commas from which a sentence is taken to list things."""
MAX_SERIES, MAX_THING_WORDS = 6, 3
"""Things that may be asked for at once."""
_SERIES = re.compile(r"(?P<first>[^,:;()]{1,60})(?:,\s[^,:;()]{1,40}){2,}$")
_RELATIVE = re.compile(r",\s(?:which|who|that|where|all of)\b.*$")
_BETWEEN_THINGS = re.compile(r",\s(?:(?:and|or),?\s)?|\s(?:and|or),?\s")
AND_SO_ON = re.compile(r",?\s*(?:etc\b|and so on|\.{3}|…).*$", re.I)
_NO_NAME = STOP_WORDS | SPLITTERS | {"other", "others"}


def find_series(text: str) -> Iterator[Gap]:
    """The three and more things a sentence ends by listing."""
    text = _RELATIVE.sub("", text)
    match = _SERIES.search(text) if text.count(",") >= COMMAS else None
    if match is None:
        return
    start = match.start("first")
    for token in WORD.finditer(match["first"]):
        if is_verb(token[0]) or token[0].lower() in SPLITTERS:
            start = match.start("first") + token.end()
    series = AND_SO_ON.sub("", text[start:]).strip(" .,…")
    lead = WORD.findall(text[:start])
    opened = bool(lead) and (is_verb(lead[-1]) or lead[-1].lower() in SPLITTERS)
    bare = not lead and not any(map(is_verb, words(series)))
    few = COMMAS <= series.count(",") < MAX_SERIES
    if (opened or bare) and few and len(words(series)) <= MAX_SERIES_WORDS:
        begin = text.index(series, start)
        yield Gap(begin, begin + len(series), SERIES, 0.95)


def things_of(text: str, series: Gap) -> list[Gap]:
    """Return a gap for each thing of a series, [] where one is more than a name."""
    part = text[series.start : series.end]
    cuts = [match.span() for match in _BETWEEN_THINGS.finditer(part)]
    starts, ends = [0, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), len(part)]
    things = [
        Gap(series.start + start, series.start + end, series.role, series.score)
        for start, end in zip(starts, ends, strict=True)
    ]
    named = (words(text[thing.start : thing.end]) for thing in things)
    return things if all(map(_is_thing, named)) else []


def _is_thing(tokens: list[str]) -> bool:
    if not tokens:
        return False
    low = {word.lower() for word in tokens}
    named = low.isdisjoint(_NO_NAME) and not is_past(tokens[0])
    return named and len(tokens) <= MAX_THING_WORDS
