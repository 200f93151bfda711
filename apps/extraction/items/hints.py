"""Tells in a gap what is wanted, so that of all the words that would fit one answer is left.

"Stored in a […]" could be answered by a bucket, a table or a Region; "Stored in a [b…]" by one.
The hint is Anki's: `{{c1::bucket::b…}}`. It is no part of an item's identity.
"""

import re
from itertools import takewhile

from apps.extraction.documents import CardKind
from apps.extraction.items.draft import GAP, CardPlan
from apps.extraction.items.poles import OPPOSITES
from apps.extraction.lexicon import ARTICLES, SPLITTERS, STOP_WORDS
from apps.extraction.quantities import SPELT_OUT, UNITS

MIN_UNIT = 3
"""Letters of a unit from which it has a plural worth hiding: one minute, two minutes."""
MANY, FIRST = 5, 3
"""Words of an answer up to which each is told of, and how many are of a longer one."""
LONG = 6
"""Letters of a common noun from which two of them are told."""
CUT = 2
"""Letters left out where one contrary is the other with something before it."""
_NUMBER = r"\d+(?:[.,]\d+)*(?:[kKmM]\b)?"
_AMOUNT = re.compile(
    rf"[^\w]{{0,4}}{_NUMBER}(?P<more>(?:\s?[A-Za-z%]{{1,5}})?\s?(?:-|–|to|or|and)\s?{_NUMBER})?"
    r"(?P<unit>(?![\w,.:])\D*|[A-Za-z%°]\D*|)"
)
"""An amount or a range with its units, and no other number."""
_AGAIN = re.compile(r"(?P<first>[^()\d]*\d[^()]*) \((?P<again>[^()\d]*\d[^()]*)\)")
"""An amount that is said twice: "900 s (15 minutes)"."""
_UNIT = re.compile(rf"[A-Za-z]{{{MIN_UNIT},}}")
_NO_PLURAL = frozenset({"percent", "per cent"})
_TOKEN = re.compile(r"[^\W_](?:\S*[^\W_])?")
_PLAIN_PARTS = re.compile(r"[^\W\d_]+(?:['’]\w+)?(?:[/-][^\W\d_]+(?:['’]\w+)?)+")
_PART = re.compile(r"[^\W_][\w'’]*")
_LETTERS = re.compile(r"(?P<first>[A-Z])(?P<others>[A-Z]+)(?P<many>s?)")
_PLAIN = ARTICLES | SPLITTERS | STOP_WORDS
"""Words that tell nothing and may be seen."""


def hinted(plan: CardPlan) -> str:
    """Return the front of a card, with a hint in each gap that needs one."""
    return GAP.sub(_with_hint, plan.front) if plan.kind is CardKind.CLOZE else plan.front


def _with_hint(gap: re.Match[str]) -> str:
    answer = gap["hidden"]
    hint = hint_of(answer)
    return f"{{{{c{gap['number']}::{answer}::{hint}}}}}" if hint else gap[0]


def hint_of(answer: str) -> str:
    """Return what may be told of an answer, or "" where nothing should be.

    Of an amount its unit ("… minutes"), of a word with a contrary what both have in common, of
    other words the letters they begin with.
    """
    again = _AGAIN.fullmatch(answer)
    if again is not None:
        return f"{hint_of(again['first']) or '…'} ({hint_of(again['again']) or '…'})"
    amount = _AMOUNT.fullmatch(answer)
    if amount is not None:
        number, unit = answer[: amount.start("unit")], amount["unit"]
        hint = re.sub(_NUMBER, "…", number) + _UNIT.sub(_as_many, unit, count=1)
        return hint if unit.strip() or amount["more"] else ""
    contrary = OPPOSITES.get(answer.lower())
    shared = _shared(answer.lower(), contrary) if contrary is not None else ""
    return shared or _begun_words(answer)


def _shared(word: str, contrary: str) -> str:
    """Return how two contraries begin or end alike, short of the whole of one; "" if they do not.

    "state…" leads to stateful or stateless and does not tell which.
    """
    begins = _begun_alike(word, contrary)
    ends = _begun_alike(word[::-1], contrary[::-1])[::-1].lstrip()
    if len(ends) > len(begins):
        return f"…{ends[CUT:] if ends in (word, contrary) else ends}"
    return f"{begins}…" if begins else ""


def _begun_alike(one: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in pairs)


def _as_many(unit: re.Match[str]) -> str:
    """Return the name of a unit as of several, so that it does not tell whether there is one."""
    one = unit[0].removesuffix("s")
    return f"{one}s" if one.islower() and one in UNITS and one not in _NO_PLURAL else unit[0]


def _begun_words(answer: str) -> str:
    """Return how the words of an answer begin, of a long one only the first; "" for a number."""
    if answer.lower() in SPELT_OUT:
        return ""
    if len(answer) >= LONG and answer.isalpha() and answer.islower():
        return f"{answer[:2]}…"
    tokens = answer.split(" ")
    first = tokens if len(tokens) <= MANY else tokens[:FIRST]
    hint = _TOKEN.sub(_begun, " ".join(first))
    told = any(char.isalpha() for char in hint) and hint != answer
    return f"{hint}{' …' * (len(first) < len(tokens))}" if told else ""


def _begun(token: re.Match[str]) -> str:
    """Return how a word begins, or each word of "read/write"; a code is one word.

    Of an abbreviation the number of its letters is told, too.
    """
    word = token[0]
    if word in _PLAIN:
        return word
    letters = _LETTERS.fullmatch(word)
    if letters is not None:
        return f"{letters['first']}{'_' * len(letters['others'])}{letters['many']}"
    if _PLAIN_PARTS.fullmatch(word):
        return _PART.sub(lambda part: f"{part[0][0]}…", word)
    return "…" if word[0].isdigit() else f"{word[0]}…"
