"""Tells whether the words of a gap make a whole phrase, in itself and where it stands."""

import re
from dataclasses import dataclass
from itertools import pairwise

from apps.extraction.lexicon import MODALS, STOP_WORDS, VERBS, is_verb, words
from apps.extraction.sentences import is_base_verb
from apps.extraction.verbs import DOUBTFUL, third_person

SERIES = 3
"""Commas from which a text without a verb only lists names: none of them can be told."""
MIN_ORDER = 3
"""Words of an order such as "Schedule the job" up to which nothing in it is asked for."""
OWN = frozenset({"your", "our", "my"})
LOOSE_END = re.compile(
    r"^(?:[a-z]{3,}(?:ly|ed)|even|overall|itself|themselves|alone|too|though|again|instead|"
    r"typical|existing|using)$"
)
"""Words that belong to the sentence, not to the name before them."""
_GLUED_BEFORE = re.compile(r"[\w)]/$|\w\.?$")
_GLUED_AFTER = re.compile(r"/(?:\d|[A-Z](?!\w))|\(\w|\.\w")
_SLASH = re.compile(r"/\w")
_NUMBERED = re.compile(r"\s*[-–]\s+[A-Z][a-z]|\s+to\s+[a-z]\b|[^.;]{0,40}\sto another\b")
"""What follows a number that counts the entries of a list or opens a range of names."""
_OPEN_END = re.compile(
    r"\s(?:for (?:you|us|me)|instead|too|though|again|beyond|above|below|near|towards?|onto|upon|"
    r"along|behind|existing|here|there|anymore)$|\b(?:that|it|which|who|there|what)['’]s$",
    re.I,
)
_NUMBER_OF = re.compile(r"\s\d")
_TERM_BEFORE = re.compile(r"\w\W+(?:On|Off|In|Up|Of|For|To|By) $")
"""The first word of a term that a gap would cut: "On Demand"."""
_ROMAN = re.compile(r"[IVX]+")
"""The number at the end of a name: "angiotensin II"."""
_VERSUS_BEFORE, _VERSUS = re.compile(r"\sv\.? $"), re.compile(r"\sv\.?\s[A-Z]")
_NAMED = re.compile(r"\s[A-Z]")
_DETERMINED = re.compile(r"\s(?:an?|the|its|their|one|each)\s")
_APPOSITION = re.compile(r",\s(?:an?)\s", re.I)
_LOOSE_NAME = re.compile(r"[A-Z]\w* [a-z]+ly$")
_RELATIVE = re.compile(r"\b(?:that|which|who)\s")
_POINTERS = frozenset({"above", "below", "following", "former", "latter", "previous", "next"})
_HAPPENS = frozenset(words("happen happens occur occurs exist exists become becomes"))
_VAGUE = frozenset(
    words("other then still different various certain several given particular respective specific")
)
"""Words that open a phrase which says that there is something, and not what."""
_FORMS = VERBS | DOUBTFUL
_BEFORE_VERB = MODALS | frozenset(
    words("to we you i they it and or not also then just people who which that what but")
)


@dataclass(frozen=True, slots=True)
class Gap:
    """The characters `start` to `end` of a text, the role they play, and how good a gap it is."""

    start: int
    end: int
    role: str
    score: float


def is_whole(text: str, gap: Gap) -> bool:
    """Return whether a gap begins and ends where a phrase does.

    Half of "24/7" or of "HTTP(S)" is no answer, nor is a name with the verb or the adverb that
    goes on with the sentence, nor what follows a noun that is spelt like a verb: "an order form".
    """
    before, after = text[: gap.start], text[gap.end :]
    part = words(text[gap.start : gap.end])
    if _GLUED_BEFORE.search(before) or _GLUED_AFTER.match(after) or not part:
        return False
    if gap.role == "number":
        return not (_NUMBERED.match(after) or after[:1].isalpha())
    if _is_cut(text[gap.start : gap.end], before, after):
        return False
    if gap.role == "tail":
        return _is_whole_tail(part, before)
    if gap.role == "name":
        return _is_whole_name(text, gap) and not (
            _VERSUS_BEFORE.search(before) or _VERSUS.match(after)
        )
    if gap.role == "pole":
        return not (part[0][0].isupper() and _NAMED.match(after))
    return gap.role != "series" or _is_whole_series(text[gap.start : gap.end])


def _is_cut(part: str, before: str, after: str) -> bool:
    """Return whether a part says nothing by itself, or breaks off where it cannot."""
    tokens = words(part)
    plain = {word.lower() for word in tokens}
    empty = plain <= STOP_WORDS or plain <= _POINTERS or tokens[0] == "been"
    aside = before.endswith("(") and after.startswith(")") and not tokens[0].isupper()
    idiom = before.lower().endswith(" as ") and "as" in tokens
    open_end = _SLASH.match(after) or (len(tokens) > 1 and _OPEN_END.search(part))
    return bool(empty or aside or idiom or open_end)


def _is_whole_tail(part: list[str], before: str) -> bool:
    """Return whether the end of a clause is the object of its verb and holds no other verb."""
    part = part[1:] if part[0].lower() in OWN else part
    if not part or part[0] in _VAGUE or {"than", "not"} & set(part[1:]):
        return False
    lead = [word.lower() for word in words(before)[-2:]]
    after_noun = len(lead) > 1 and lead[1] in VERBS and not _leads_to_verb(lead[0])
    runs_on = _RELATIVE.search(before) is not None and any(
        left.endswith("s") and right in _FORMS for left, right in pairwise(part)
    )
    loose = _LOOSE_NAME.search(" ".join(part)) is not None or part[-1].lower() in _HAPPENS
    return not (after_noun or runs_on or loose) and MODALS.isdisjoint(part)


def _is_whole_name(text: str, gap: Gap) -> bool:
    """Return whether a name is one, with its number and without the verb behind it."""
    after, name = text[gap.end :], text[gap.start : gap.end]
    part, tokens = words(name), words(text)
    before = words(text[: gap.start])
    acts = bool(third_person(part[-1].lower())) and _DETERMINED.match(after) is not None
    done = len(part) == 1 and is_base_verb(part[0]) and bool(before) and before[-1] in MODALS
    loose = len(part) > 1 and LOOSE_END.match(part[-1]) is not None
    split = _NUMBER_OF.match(after) is not None or _ROMAN.fullmatch(name) is not None
    listed = text.count(", ") >= SERIES and not any(map(is_verb, tokens))
    order = len(tokens) <= MIN_ORDER and tokens[0].lower() in VERBS
    split = split or _TERM_BEFORE.search(text[: gap.start]) is not None
    return not (acts or done or loose or split or listed or order)


def _is_whole_series(part: str) -> bool:
    """Return whether a series lists things, not one thing in other words nor what to do."""
    acts = any(is_base_verb(item.split(" ")[0]) for item in part.split(", ")[1:] if " " in item)
    return not acts and _APPOSITION.search(part) is None


def _leads_to_verb(word: str) -> bool:
    """Return whether the bare form of a verb may follow a word: "to", "can", "users"."""
    return word in _BEFORE_VERB or word.endswith(("s", "ly", "n't", "n’t"))
