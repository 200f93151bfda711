"""Tells whether what stands beside a term says what the term is, so that its meaning can be asked.

Much that follows "Term:" says how the term is, where it is used or what belongs to it. "What is
meant by" asks for none of that.
"""

import re

from apps.extraction.items.fitness import LIGHT
from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    NEGATIVE,
    SPLITTERS,
    STOP_WORDS,
    words,
)
from apps.extraction.sentences import own_subject
from apps.extraction.verbs import is_past, is_verb

TELLING = 3
"""Telling words of a gloss that opens with its noun; after an article one is enough."""
MAX_NAME = 5
_SIGNS = re.compile(
    r"[<>=\[\]{}@*→⇒↑↓]|\s\+\s|\.\.\.|…|^[^\w(]|\bexample\b|\be\.?g\b|:\s|\bstands? for\b", re.I
)
"""Signs of a formula, a sample or a line that goes on, none of which is a gloss."""
_POINTS = re.compile(r"\b(?:this|these|those)\b|\bthat [a-z]+$", re.I)
_JUDGED = re.compile(
    r"an?\s(?:very\s)?(?:good|great|nice|bad|perfect|better|popular|must|pain|lot|bit|few)\b|"
    r"the\s(?:perfect|ideal|right|\w+est)\s(?:place|form|way|kind)\b|an?\sfunction of\b|"
    r"an?\s(?:\S+\s)?(?:feature|option|product|service)\s(?:that|which)\scan\sbe\b",
    re.I,
)
"""What somebody thinks of a thing, which is not what it is."""
_BRACKET = re.compile(r"\s*\([^()]*\)")
_RANKED = re.compile(
    r"the\s(?:default|best|worst|preferred|recommended|same|right)\b|"
    r"an?\sway\sof\b|the\s\w+\sway\b|an?\s[^\w\s]?\d",
    re.I,
)
"""One thing that may be said of a term, where others could be said as well."""
CLASSES = frozenset(
    words(
        "product feature service component part thing concept element instance option type kind "
        "mode tool solution object entity resource item group set single sub main own whole one"
    )
)
"""Words for what almost anything is."""
_CUT_SHORT = re.compile(r"\s\+\s|:\s")
_OPENS = re.compile(
    r"^(?:higher|lower|better|easier|easy|faster|bigger|larger|smaller|more|less|same|best|worst|"
    r"\w+est|default|no|not|never|none|only|very|fully|up|large|small|high|low|single|good|bad|"
    r"last|first|next|different|various|also|there|here|now|both|all|in|out|on|off)\b",
    re.I,
)
"""Words that open a comparison or a state rather than the class a thing belongs to."""
_NAME_ONLY = re.compile(r"^[A-Z(][\w()/&.-]*(?:\s+(?:/\s+)?[A-Z(][\w()/&.-]*)*$")
_LINK = frozenset({"of", "for", "that", "which", "who", "in", "with", "to", "from", "by", "where"})
_PARTICLES = frozenset({"up", "down", "out", "off", "away", "back"})
_STATED = re.compile(r"\b(?:is|are|was|were|can|must|should|will|does|has|have)\b", re.I)
_MAY = re.compile(r"\b(?:is|are|may|might|can|could|must|should)\b", re.I)
_RELATIVE = re.compile(r"\b(?:that|which|who|where|when|whose|how|what)\b", re.I)


def is_gloss(meaning: str) -> bool:
    """Return whether a meaning is a noun with what sets it apart: "a store for images of disks".

    It must open with an article or a common noun, and hold enough to be told from its siblings.
    """
    tokens = words(meaning)
    telling = [word for word in tokens if word.lower() not in STOP_WORDS | LIGHT]
    if (
        not telling
        or _POINTS.search(meaning)
        or _SIGNS.search(meaning)
        or any(map(_counts, tokens[:1]))
    ):
        return False
    plain = _RELATIVE.split(meaning, maxsplit=1)[0]
    if NEGATIVE.search(plain):
        return False
    if tokens[0].lower() in ARTICLES:
        stated = _STATED.search(plain) is not None
        bare = words(_BRACKET.sub("", meaning))[1:]
        own = [word for word in bare if word.lower() not in CLASSES | STOP_WORDS]
        if not (bare if _sets_apart(tokens, plain) else own[1:]):
            return False
        valued = _JUDGED.match(meaning) or _RANKED.match(meaning)
        return not (stated or valued or _is_named(tokens[1:]))
    enough = len(telling) >= TELLING
    return enough and _opens_with_a_noun(meaning, tokens) and _sets_apart(tokens, plain)


def _opens_with_a_noun(meaning: str, tokens: list[str]) -> bool:
    first = tokens[0].lower()
    if first in STOP_WORDS | SPLITTERS or _OPENS.match(meaning) or _NAME_ONLY.match(meaning):
        return False
    counted = len(tokens) > 1 and tokens[1].lower() == "of"
    if (is_verb(first) and not counted) or first.endswith("ly") or own_subject(meaning):
        return False
    if len(tokens) > 1 and tokens[1].lower() in _PARTICLES:
        return False
    if is_past(first) and tokens[1].lower() in SPLITTERS | STOP_WORDS:
        return False
    return "," not in " ".join(meaning.split(" ")[:TELLING])


def _sets_apart(tokens: list[str], plain: str) -> bool:
    """Return whether a noun is followed by what tells it from its like, short of a statement."""
    if _STATED.search(plain):
        return False
    return any(word.lower() in _LINK or is_past(word.lower()) for word in tokens[1:])


def is_name(text: str) -> bool:
    """Return whether a text is a name: "Volume Gateway", "Simple Mail Protocol (SMTP)"."""
    tokens = words(text)
    if not 0 < len(tokens) <= MAX_NAME or not _NAME_ONLY.fullmatch(text):
        return False
    return not (is_verb(tokens[0]) or _OPENS.match(text) or tokens[0].lower() in STOP_WORDS)


def is_doing(meaning: str) -> bool:
    """Return whether a meaning says what something does, with a telling word after the verb."""
    tokens = words(meaning)
    telling = [word for word in tokens[1:] if word.lower() not in STOP_WORDS | LIGHT]
    verb = meaning.split(" ", 1)[0]
    if not telling or verb.endswith((",", "ss")) or "/" in verb:
        return False
    if verb in ("use", "uses") and len(telling) == 1:
        return False
    plain = _RELATIVE.split(meaning, maxsplit=1)[0]
    return _CUT_SHORT.search(meaning) is None and not _MAY.search(plain)


def _is_named(tokens: list[str]) -> bool:
    """Return whether only a name follows an article: "an IAM Identity"."""
    return all(word[0].isupper() for word in tokens) and len(tokens) <= TELLING


def _counts(word: str) -> bool:
    low = word.lower()
    return low[0].isdigit() or low in COPULAS | MODALS
