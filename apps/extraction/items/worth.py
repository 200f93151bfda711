"""Judges whether a gap is worth asking for: not where anybody would guess what stands in it.

The bounds come from readings of 2,700 cards by people who had to say of each whether they would
keep it: a word at a sentence's far end, in an aside, or met all over its section is guessed or
has no one answer; a number, a name of its own or the larger part of a statement is known or not.
"""

import re

from apps.extraction.documents import CardKind, Fact
from apps.extraction.items.draft import GAP, CardPlan
from apps.extraction.items.fitness import LIGHT, is_common
from apps.extraction.items.pools import Pools
from apps.extraction.lexicon import STOP_WORDS, has_digit, words
from apps.extraction.quantities import find_quantities
from apps.extraction.roots import root, roots

DOUBTFUL = 0.44
"""Certainty of a statement below which nobody can tell what it is said of, but for a number."""
SMALL = 0.16
"""Share of the words of a statement up to which the end of a clause is no more than its tail."""
MANY = 6
"""Words from which a value is a statement of its own."""
FEW = 4
"""Words of a statement that does no more than count a part of what is counted above it."""
MUCH_AFTER = 4
"""Words behind a phrase from which the statement goes on without it."""
_NAMES = re.compile(r"\b(?:called|named|known as)\W+(?:an?\s|the\s)?\W*$")
LONG = 22
"""Words beside a name from which it is one detail of many."""
TELLING = 9
"""Letters of a word that tells something by itself."""
_CONTRAST = re.compile(r"\b(?:only|not|cannot|never|\w+n['’]t)\b", re.I)
_WEAK = frozenset({"to", "of", "by"})
"""Words that lead to the second half of a phrase."""
_WEAK_BEFORE_NAME = frozenset({"from", "on"})
_SWITCHED = frozenset({"enabled", "disabled"})
"""States that whatever can be used is in, unless the note says in which it begins."""
_VAGUE = frozenset(
    words(
        "low lower lowest high higher big bigger small large great greater new old right away "
        "quick generally currently rarely usually cost costs price prices discount demand scale "
        "default particular supported single entire whole main real event failure time fully "
        "highly very"
    )
)
"""Words that say how much or how well, and not what."""
_ANY = frozenset(words("regular standard other better full different normal"))
"""Words before a name that could as well be left out."""


def worth_asking(options: list[CardPlan], fact: Fact, pools: Pools) -> list[CardPlan]:
    """Return the options for one purpose; none where the best of them is not worth asking."""
    return options if options and _is_worth_asking(options[0], fact, pools) else []


def _is_worth_asking(plan: CardPlan, fact: Fact, pools: Pools) -> bool:
    roles = set(plan.role.split("+"))
    said = len(words(fact.statement.text))
    gaps = GAP.finditer(plan.front) if plan.kind is CardKind.CLOZE else ()
    return all(_is_worth(gap, roles, said, fact, pools) for gap in gaps)


def _is_worth(gap: re.Match[str], roles: set[str], said: int, fact: Fact, pools: Pools) -> bool:
    answer = gap["hidden"]
    unsure = fact.statement.certainty < DOUBTFUL and "number" not in roles
    if unsure or pools.is_everywhere(answer):
        return False
    if "number" in roles:
        return not (answer.isdigit() and said <= FEW and find_quantities(fact.statement.context))
    if "value" in roles:
        return has_digit(answer) or _is_worth_as_value(words(answer), fact)
    if "tail" in roles:
        return _is_worth_as_tail(gap, said, prose=fact.statement.prose)
    if "pole" in roles:
        return answer.lower() not in _SWITCHED or "default" in gap.string
    if "name" in roles:
        return _is_worth_as_name(gap, fact, pools)
    return True


def _is_worth_as_value(asked: list[str], fact: Fact) -> bool:
    """Return whether a value is short enough to be one answer and says more than its label."""
    seen = roots(fact.statement.label)
    telling = [root(word) for word in asked if word.lower() not in STOP_WORDS]
    return len(asked) < MANY and 2 * sum(word in seen for word in telling) <= len(telling)


def _is_worth_as_tail(gap: re.Match[str], said: int, *, prose: bool) -> bool:
    """Return whether the end of a clause is a good part of what is said."""
    if prose:
        return len(words(gap["hidden"])) > 1 and not _is_light(words(gap["hidden"]))
    asked = words(gap["hidden"])
    before = words(_shown(gap.string[: gap.start()]))
    after = words(_shown(gap.string[gap.end() :]))
    plain = len(asked) > 1 or not has_digit(asked[0])
    if (plain and len(asked) <= SMALL * said) or len(after) >= MUCH_AFTER or _is_light(asked):
        return False
    if gap["hidden"].startswith("(") or (len(asked) == 1 and len(asked[0]) < TELLING):
        return False
    led = bool(before) and before[-1].lower() in _WEAK
    return not led or _CONTRAST.search(_shown(gap.string)) is not None


def _is_worth_as_name(gap: re.Match[str], fact: Fact, pools: Pools) -> bool:
    """Return whether a name is what a statement is about, and no familiar one."""
    before, after = _shown(gap.string[: gap.start()]), _shown(gap.string[gap.end() :])
    lead = words(before)
    if fact.statement.prose:
        return not _is_familiar(gap["hidden"], fact, pools)
    if after.lstrip().startswith("(") or _is_familiar(gap["hidden"], fact, pools):
        return False
    if len(lead) + len(words(after)) > LONG and not _NAMES.search(before):
        return False
    if before.count("(") > before.count(")") or _is_light(words(gap["hidden"])):
        return False
    weak = words(gap["hidden"])[0] in _ANY
    return not (weak or (lead and lead[-1].lower() in _WEAK_BEFORE_NAME))


def _is_familiar(name: str, fact: Fact, pools: Pools) -> bool:
    """Return whether each word of a name is seen above it or all over, or could name anything."""
    if not name[0].isalpha():
        return False
    seen = roots(" ".join((*fact.statement.subject.path, fact.statement.context)))
    return all(
        pools.is_everywhere(word) or is_common(word) or word.lower() in LIGHT or root(word) in seen
        for word in words(name)
        if word.lower() not in STOP_WORDS
    )


def _is_light(asked: list[str]) -> bool:
    telling = [word.lower() for word in asked if word.lower() not in STOP_WORDS]
    weak = [word for word in telling if word in LIGHT or is_common(word)]
    return 2 * len(weak) > len(telling) or _VAGUE.union(weak).issuperset(telling)


def _shown(text: str) -> str:
    return GAP.sub(lambda match: match["hidden"], text)
