"""Chooses the words of a sentence that are worth being asked for."""

import re
from collections.abc import Iterator

from apps.extraction.documents import Quantity
from apps.extraction.items.fitness import is_fit
from apps.extraction.items.phrases import LOOSE_END, Gap
from apps.extraction.items.poles import find_poles
from apps.extraction.items.series import AND_SO_ON, COMMAS, find_series
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
    words,
)
from apps.extraction.quantities import COUNT, UNITS, said_again
from apps.extraction.sentences import governs, is_base_verb
from apps.extraction.statements.simple import CASE_WITH_YEAR, PARTIES
from apps.extraction.titles import spells
from apps.extraction.verbs import DOUBTFUL, is_past, third_person

LATE = 4
"""Words before a bare number that ends a sentence and counts something."""
MIN_NAME = 2
SHORT = (2, 4)
"""Words of the gaps that are easiest to answer."""
MAX_GAP_WORDS = 7
MIN_WORDS = 3
_CLAUSE_END = re.compile(
    r"[;:(]|,\s|\.\s|\s[-–—]\s|\s→|\s=\s|"
    r"\s(?:and|or|but|so that|because|which|while|when|if|unless|until|since|as long as)\s"
)
_THEM = re.compile(r"\b(?:them|it|us|itself|themselves|that|this|those|these)\b", re.I)
_OPEN = frozenset(
    words(
        "and or but both up what which who how when since because although though whereas despite "
        "so if where it they either neither never"
    )
)
_OR_MORE = re.compile(r"\s*or (?:more|many|several)\b", re.I)
_QUANTIFIERS = frozenset(
    words("Some All Any Each No Not One Two Only Many Large Small Big High Low New Old Long Short")
)
_PHRASES = (
    COPULAS
    | MODALS
    | frozenset(
        words(
            "and or but case order addition terms general particular fact relation response "
            "accordance conjunction respect front fly spite favour favor charge advance"
        )
    )
)
"""What makes one word with the preposition before it: "in case"."""
_BESIDE = frozenset({"inside", "outside", "besides", "alongside", "beyond", "near", "worldwide"})
_OFTEN = frozenset(words("always often usually sometimes ever already now later"))
_NO_NOUN = STOP_WORDS | SPLITTERS
_NO_START = _OPEN | SPLITTERS
_NO_END = SPLITTERS | ARTICLES | COPULAS | MODALS | _OPEN
_FOLLOWING = re.compile(r" (?P<word>[a-z][\w'’-]*)")
_BEFORE = re.compile(r"(?:^|(?<=\s))(?P<word>[a-z][a-z-]+) $")
_LOOSE_START = re.compile(rf"{LOOSE_END.pattern}|[a-z]+(?:ing|able|ible)$")
"""Words before a name that say what is done to it or how it is."""
_AFTER_POLE = re.compile(r"\b(?:public|private|static|dynamic|internal|external) $")
"""What tells which one is meant, so that the name alone is half an answer."""
_LEADS_ON = re.compile(r"\b(?:(?:where|how|when|what|which) to|no|out of the)\s+$", re.I)
_USED = frozenset(words("based used using needed required longer done made lot bit couple few"))
_TOO = re.compile(
    r"\s(?:as well|too|again|either|though|together|[a-z]{4,}ly|in (?:real time|advance|parallel))$"
)
_MANNER = frozenset({"way", "manner", "fashion", "basis"})
_AMID = re.compile(
    r"\b(?:another|each other)\b|"
    r"\S\s(?:at|across|during|after|before|within|via|when|than|until|without|throughout|while)\s"
)
"""What begins a second phrase within the first: two ideas, of which one is to be asked."""
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th) $")
_CASE = re.compile(rf"(?=[A-Z]){PARTIES}")
_CASE_YEAR = re.compile(CASE_WITH_YEAR)
_KINDS = frozenset(words("new different multiple various several many more same other own whole"))
"""Words that do not tell which one is meant."""
_SHORT_FORM = re.compile(r" \(([A-Z][A-Za-z0-9]{1,9})\)")
_RANGE = re.compile(r"^\s*(?:-|–|—|to|up to|and|or|/)\s*$")
_BETWEEN = re.compile(r"\b(?:between|both)\s+(?:the\s+)?$", re.I)
_SUM = re.compile(r"\b[A-Za-z]\s?[-+–*/]\s?$")
_ONE_OF = re.compile(r"\s*(?:of|or|and|single)\b", re.I)
_NO_LIMIT = re.compile(r"\b(?:more than|at least|than|over|if|1 and only|one and only)\s+$", re.I)
_UP_TO = re.compile(r"(?:\s\S+){0,3}?\s(?:to|-|–)\s?\d")
"""What follows the lower end of a range, which nobody needs to know."""
_LIMITS = re.compile(
    r"\b(?:per|each|every|by|at (?:least|most)|max\w*|min\w*|limit\w*|default|up to|requires?|"
    r"means|costs?|takes?|lasts?)\b|[:=/#]",
    re.I,
)
"""What makes one a number to know: "1 per zone"; "reuse 1 topic" could be any."""
_ARROW = re.compile(r"-->|->")
"""What stands between the numbers of a case that was worked out."""
_PREFIX = re.compile(r"(?<!\S)/\d{1,3}(?![\w/])")
"""The length of a network's prefix: "/24"."""
_COUNTED = re.compile(r"(?: [×x])? [A-Z]{2,4}s?(?![\w-]| [A-Z])")
_UNIT = re.compile(r"(?<![\w.,])\d{1,3}(?: [×x])? $")
"""What stands before an abbreviation that is a unit: "lasts 2 × MSL"."""
_VERSION = re.compile(r"(?<=\s)v\d{1,2}(?:\.\d{1,3}){1,2}(?![\w.]\d)")
_ERA = re.compile(r"\s(?:BC|BCE|AD|CE)\b")
_CONTENT = re.compile(r"\w{3,}")


def find_gaps(text: str, quantities: tuple[Quantity, ...], shown: str) -> list[Gap]:
    """Return the gaps of a text, best first; `shown` is what stands before it.

    Numbers with a unit come first, then names, then what follows a verb or a preposition.
    """
    found = [
        *_numbers(text, quantities),
        *_names(text, shown),
        *_cases(text),
        *_tails(text),
        *_poles(text),
        *find_series(text),
    ]
    if len(words(text)) < MIN_WORDS or not _says_something(text) or _is_title(text):
        found = [gap for gap in found if gap.role in ("number", "pole")]
    told = {word.lower() for word in words(shown)}
    fit = [gap for gap in found if is_fit(text, gap, shown, told)]
    return sorted(fit, key=lambda gap: (-gap.score, gap.start))


def _says_something(text: str) -> bool:
    """Return whether a text has a verb or a preposition, and is more than a name."""
    return any(is_verb(word) or is_past(word) or word.lower() in SPLITTERS for word in words(text))


def _is_title(text: str) -> bool:
    """Return whether a text is written like a title: "Treating Severe Burns of the Hand"."""
    telling = [word for word in words(text) if word.lower() not in _NO_NOUN]
    if any(map(is_verb, words(text)[1:])):
        return False
    return len(telling) > MIN_WORDS and all(word[0].isupper() for word in telling)


def _numbers(text: str, quantities: tuple[Quantity, ...]) -> Iterator[Gap]:
    place = 0
    cases = list(_CASE_YEAR.finditer(text)) if " v" in text else []
    while place < len(quantities):
        first = last = quantities[place]
        if any(case.start() <= first.start < case.end() for case in cases):
            place += 1
            continue
        while (
            place + 1 < len(quantities)
            and _RANGE.match(text[last.end : quantities[place + 1].start])
            and (
                last.base <= quantities[place + 1].base
                or _ERA.match(text, quantities[place + 1].end)
            )
        ):
            place += 1
            last = quantities[place]
        place += 1
        start = first.start + len(text[first.start :]) - len(text[first.start :].lstrip())
        counted = first.dimension == COUNT and last is first
        if counted and not (_counts(text, first) and _tells_how_many(text, first)):
            continue
        bonus = 0.0 if first.dimension == COUNT else 0.3
        stop = start + len(text[start : last.end].rstrip())
        unit = _COUNTED.match(text, stop) if first.dimension == COUNT else None
        end = unit.end() if unit else stop
        again = said_again(text, end, last) or _ERA.match(text, end)
        yield Gap(start, again.end() if again else end, "number", 1.2 + bonus)
    for named in (*_PREFIX.finditer(text), *_VERSION.finditer(text)):
        yield Gap(*named.span(), "number", 1.6)


def _tells_how_many(text: str, quantity: Quantity) -> bool:
    """Return whether a count is one to know, not the one of "one of" or of "more than one"."""
    before, after = text[: quantity.start], text[quantity.end :]
    if _BETWEEN.search(before) or _SUM.search(before):
        return False
    if text[quantity.start : quantity.end].strip().isalpha() and not before.strip():
        return False
    if _ARROW.search(text):
        return False
    if quantity.number == 1 and (_UP_TO.match(after) or not _LIMITS.search(text)):
        return False
    return quantity.number > 1 or not (_ONE_OF.match(after) or _NO_LIMIT.search(before))


def _counts(text: str, quantity: Quantity) -> bool:
    """Return whether a bare number counts something, and is no part of a name or an order."""
    before = WORD.findall(text[: quantity.start])
    after = text[quantity.end :]
    if quantity.number <= 1 and _OR_MORE.match(after):
        return False
    if text[: quantity.start].rstrip().endswith((":", "=")):
        return True
    if before and before[-1][0].isupper() and before[-1].lower() not in STOP_WORDS:
        return not after.strip() and len(before) >= LATE
    return not re.match(r"st\b|nd\b|rd\b|th\b|[.)]\s", after)


def _names(text: str, shown: str) -> Iterator[Gap]:
    known = shown.lower()
    for match in NAME.finditer(text):
        start, name = match.start(), match[0].rstrip(".,-/&")
        tokens = name.split(" ")
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1] in ".;:"
        if opens and tokens[0].istitle() and is_verb(tokens[0]) and len(tokens) > 1:
            start, name, tokens = start + len(tokens[0]) + 1, name.partition(" ")[2], tokens[1:]
        before = text[:start].rstrip(' "“' if text[:start].endswith("(") else ' "“(')
        plain = re.match(r"^[A-Z][a-z]+$", name) is not None
        ends = ".!?:(" if plain else ".!?:"
        first = not before or before[-1] in ends or text[:start].endswith(("-", "/"))
        bare = name.strip('"“”').lower()
        orders = tokens[0].istitle() and is_base_verb(tokens[0]) and before.endswith((",", "("))
        verbal = orders or any(map(_acts_in_title, tokens[1:]))
        if verbal or any(token.lower() in PRONOUNS for token in tokens):
            continue
        if tokens[0] in _QUANTIFIERS or bare in UNITS or bare in STOP_WORDS:
            continue
        if first or name.lower() in STOP_WORDS or len(name) < MIN_NAME:
            continue
        if plain and name.endswith("ly"):
            continue
        late = start / max(1, len(text))
        end = _name_end(text, start, start + len(name))
        begin = (
            _name_start(text, start)
            if name.isupper() or _AFTER_POLE.search(text, 0, start)
            else start
        )
        counted = _UNIT.search(text, 0, start) if name.isupper() else None
        begin = counted.start() if counted is not None else begin
        if end is not None and text[begin : start + len(name)].lower() not in known:
            yield Gap(begin, end, "name", 0.75 + 0.2 * late - 0.15 * plain)


def _acts_in_title(token: str) -> bool:
    """Return whether a word with a capital is a verb all the same: "NACL Allows ALL"."""
    return token.istitle() and third_person(token.lower()) != ""


def _cases(text: str) -> Iterator[Gap]:
    """The names of cases at law, whole: "Smith v Jones"."""
    for match in _CASE.finditer(text) if " v" in text else ():
        yield Gap(*match.span(), "case", 0.9)


def _name_start(text: str, start: int) -> int:
    """Return where an abbreviation begins with the words that tell which one: "static IP"."""
    whole = start
    while True:
        before = _BEFORE.search(text, 0, start)
        word = before["word"].lower() if before is not None else ""
        plain = word and word not in _NO_NOUN | _KINDS | _OPEN and not _LOOSE_START.match(word)
        if before is None or not plain or is_verb(word) or is_past(word):
            return whole if _ORDINAL.search(text, 0, start) else start
        start = before.start("word")


def _name_end(text: str, start: int, end: int) -> int | None:
    """Return where a name ends with its own short form or noun, None within a longer run."""
    short = _SHORT_FORM.match(text, end)
    if short is not None and spells(short[1], text[start:end]):
        return short.end()
    return _noun_end(text, end)


def _noun_end(text: str, end: int) -> int | None:
    """Return where a name ends with the one noun it may stand before, None within a longer run."""
    following = _FOLLOWING.match(text, end)
    if following is None:
        return end
    word = following["word"]
    if word in _OPEN or word in _OFTEN or word in _BESIDE or LOOSE_END.match(word):
        return end
    if word.lower() in STOP_WORDS or word.lower() in SPLITTERS or _acts(word, text[:end]):
        return end
    after = _FOLLOWING.match(text, following.end())
    more = after["word"] if after is not None else ""
    if more and more not in _NO_NOUN and not _acts(more, text[: following.end()]):
        return None
    return following.end()


def _acts(word: str, before: str) -> bool:
    """Return whether a word is the verb of the name before it: "AWS account" has none."""
    if not is_verb(word) or word in COPULAS | MODALS:
        return is_verb(word)
    base = third_person(word)
    if base in DOUBTFUL:
        return not any(map(is_verb, words(before)[:-1]))
    return bool(base) or before.endswith("s")


def _tails(text: str) -> Iterator[Gap]:
    """What follows a verb, a copula or a preposition up to the end of its clause."""
    tokens = list(WORD.finditer(text))
    for place in range(1, min(len(tokens), 40)):
        before = tokens[place - 1][0].lower()
        if place > 1 and tokens[place - 1][0][0].isupper():
            continue
        opener = before in SPLITTERS or is_verb(before)
        opener = opener or (is_past(before) and governs(before, tokens[place][0]))
        if not opener or (place == 1 and before in ARTICLES):
            continue
        start, skipped = _start(text, tokens, place)
        if start is None:
            continue
        stop, end = _stop(text, start)
        part = AND_SO_ON.sub("", text[start:end]).rstrip(" .!,;…")
        part = _TOO.sub("", part)
        said = words(part)
        count = len(said)
        if not 1 <= count <= MAX_GAP_WORDS or not _tells(part) or _ends_openly(part):
            continue
        first = said[0].lower()
        cut = first in _PHRASES or said[-1].isdigit()
        cut = cut or any(word in COPULAS for word in said[1:])
        cut = cut or first in _NO_START or _THEM.search(part) is not None
        cut = cut or (stop is not None and _is_shared(text, stop))
        cut = cut or _LEADS_ON.search(text[:start]) is not None or _AMID.search(part) is not None
        cut = cut or text[start + len(part) :].startswith(":") or first in _USED
        cut = cut or said[-1].lower() in _MANNER or (text.startswith("To ") and is_verb(first))
        cut = cut or {before, tokens[place - 2][0].lower()} <= SPLITTERS
        if cut or (place == 1 and before in ("not", "as")):
            continue
        cut = cut or part.count(",") >= COMMAS
        lone = count == 1 and before not in COPULAS and before not in SPLITTERS
        lone = lone or (count == 1 and before == "to" and is_base_verb(first))
        listed = stop is not None and text[stop.start() :].count(", ") >= COMMAS
        if lone or (listed and stop is not None and stop[0].startswith(",")):
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
        score -= 0.2 * (first in STOP_WORDS)
        yield Gap(start, start + len(part), "tail", score)


def _is_shared(text: str, stop: re.Match[str]) -> bool:
    """Return whether "and" ties what stands before it to a noun: "the size and type of"."""
    after = words(text[stop.end() : stop.end() + 40])
    return stop[0].strip() in ("and", "or") and bool(after) and not is_verb(after[0])


def _stop(text: str, start: int) -> tuple[re.Match[str] | None, int]:
    """Return what ends the clause from `start` on, and where; "a and b" is not cut in two."""
    stop = _CLAUSE_END.search(text, start + 1)
    if stop is not None and stop[0].strip() in ("and", "or"):
        later = _CLAUSE_END.search(text, stop.end())
        end = later.start() if later else len(text.rstrip(" .!,;"))
        rest = words(text[stop.end() : end])
        if len(rest) <= SHORT[0] and len(words(text[start:end])) <= MAX_GAP_WORDS:
            return later, end
    return stop, stop.start() if stop else len(text.rstrip(" .!,;"))


def _poles(text: str) -> Iterator[Gap]:
    """Words that have an opposite: enabled, stateless, synchronous."""
    for start, end in find_poles(text):
        yield Gap(start, end, "pole", 0.72)


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
    last = words(part)[-1].lower()
    return last in _NO_END or (is_base_verb(last) and re.search(r"\bto \S+$", part) is not None)


def _tells(part: str) -> bool:
    return any(
        word.lower() not in STOP_WORDS and (_CONTENT.search(word) or not word.islower())
        for word in words(part)
    )
