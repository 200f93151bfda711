"""Judges whether what a gap leaves visible asks one clear thing."""

import re

from apps.extraction.items.phrases import OWN, Gap, is_whole
from apps.extraction.items.poles import OPPOSITES
from apps.extraction.lexicon import (
    COPULAS,
    SPLITTERS,
    STOP_WORDS,
    is_verb,
    stands_in,
    words,
)
from apps.extraction.roots import root, roots
from apps.extraction.titles import spells
from apps.extraction.verbs import is_past

MIN_SHOWN = 2
FEW = 3
"""Words of an answer that is a thing with its class."""
PINNED = 2
"""Telling words that must stay visible beside the subject where a clause's end is asked for."""
LIGHT = frozenset(
    words(
        "allow allows help helps use uses used using let lets make makes need needs enable enables "
        "provide provides support supports time times way ways case cases thing things place part "
        "parts end amount number example purpose fact kind type types option options available "
        "possible required needed recommended important good better best different same new other "
        "many much several always usually well once later others another one ones itself "
        "useful usable helpful great ideal perfect solution solutions similar own certain various "
        "specific respective manner challenge challenges issue issues problem problems detail "
        "details lot lots bit reason reasons easy easier hard harder cheap cheaper fast faster "
        "slow slower correct right wrong true false "
        "necessary following something anything everything multiple complicated complex simple "
        "expensive difficult"
    )
)
"""Words that pin nothing down and tell nothing when left out."""
_NO_PIN = STOP_WORDS | LIGHT
_NO_NOUN = STOP_WORDS | SPLITTERS
_CONTRAST = re.compile(r"\b(?:only|not|cannot|never|\w+n['’]t)\b", re.I)
"""What is said against something else can be told from less."""
_EXAMPLE = re.compile(
    r"\blike $|\bsee\b[^();]{0,60}$|\b(?:e\.?g|ex|eg|i\.e)\b[.:]?[^();]{0,60}$|"
    r"\b(?:such as|for (?:example|instance)|say,|example\b)[^();.]{0,80}$|"
    r"\bbe confused with\b[^();.]{0,80}$",
    re.I,
)
_SAMPLE = re.compile(r"\((?:e\.?g|ex|(?:for )?example|say)\b[^)]*\d[^)]*\)", re.I)
"""An example with a number, after which other numbers of the sentence are examples, too."""
_ANY_NUMBER = re.compile(r"(?:one|1|two|2)\sor\s(?:more|many|several)\b", re.I)
_COMMON = frozenset(
    words(
        "data information user users customer customers people application applications app apps "
        "resource resources system systems administration service services object objects item "
        "items file files value values result results work place places product products server "
        "servers action actions relationship relationships account accounts "
        "environment environments"
    )
)
"""Words that could fill almost any gap when they stand alone."""
_CONDITION = re.compile(r"(?:if|when|whenever|once|while|after|before|unless|as soon as)\s", re.I)
_PAIR = re.compile(r"(?:2|two)\b.*", re.I)
_BOTH = re.compile(r"\b(?:both|pair|twice|either)\b", re.I)
_CODED = re.compile(r"\w*[A-Za-z]\w*[A-Z]\w*|[A-Z][A-Z0-9]+")
_SHORT_FORM = re.compile(r" ?\(([A-Z][A-Za-z0-9]{1,9})s?\)")
_AND_MORE = re.compile(r"\s*,?[^.;:()]{0,60}(?:\betc\b|\.\.|…|\b(?:and|or) others?\b)", re.I)
_COMPARED = re.compile(r"\bthan\s\w+ing\s(?:\w+\s){0,3}$")
_AMOUNT_BEFORE = re.compile(r"\d\s?[A-Za-z/%]{1,8}\s\((?:equivalently,?\s|i\.?e\.?,?\s|=\s)?$")
"""The same amount in another unit: "900 s (15 min)"."""
_ONE_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
"""What a case that somebody made up happens on."""
_MADE_UP_CASE = re.compile(
    r"(?:^|: )if\b[^,:]*(?:too (?:\w+ )?\(?|[<>=] ?|\()$|\bif\b[^,:()]*\([^,:()]*\)[^,:()]*\($",
    re.I,
)
"""A number of a case the note makes up: "if it is too low (30 s)", "if the load is > 30 %"."""
_TOO_MUCH = re.compile(r"\s(?:is|are)\stoo\b", re.I)
_IN_ALL = re.compile(r"\s(?:[a-z-]+\s){0,2}[a-z]+s:\s[^,:]+,\s[^:]+$")
"""A number of things that are all named right behind it."""
_ONE_IN_BRACKET = re.compile(r"\([^()]*\bevery $")
"""One of many: "a fixed rate (every 2 minutes)"."""
_ALL_OF_IT = re.compile(r"\b(?:until|reach(?:es)?|all|to) 100 ?%?$")
_EXAMPLES_AFTER = re.compile(r"\s(?:such as\b|like\b|\((?!s\)))")
_EXPECTED = re.compile(r"\b(?:should|must|needs?|has|have|to|can|could) (?:to )?be\s$")
"""What leads to "enabled" whatever the thing."""
_LAST_OF = re.compile(r"\s(?:and|or|and/or|&)\s")
_FIRST_OF = re.compile(r",\s[A-Z][^,;:.]{0,30},\s")
_LISTED = re.compile(
    r"\b[A-Z][\w.)-]*(?:[,;]\s[^,;:.]{1,40}){1,9},?\s(?:and|or|and/or|&)\s(?:\w+\s){0,2}$"
)
_SERIES = re.compile(r",\s(?P<next>\w+)[^,;:.]{0,30},?\s(?:and|or|&)\s")
_AFTER_NAME = re.compile(r"\b[A-Z][\w.)-]*,\s$")
_SERIES_BEFORE = re.compile(r",\s[^,;:.]{1,30},?\s(?:and|or)\s$")
_ONE_OF_TWO = re.compile(
    r"\beither\s(?:an?\s|the\s)?$|\(\S+\s(?:or|and)\s$|\([^()]*\s=\s[^()]*$", re.I
)
"""What comes before the first of two choices, or the second in a bracket or an equation."""
_LAST_ITEMS = re.compile(r"(?:,\s[\w-]+(?:\s[\w-]+){0,3})+(?:\s?\([^()]*\))?\.?$")
_IF_IN_BRACKET = re.compile(r"\((?:if|when|whenever|unless|once|as long as)\s[^()]*$", re.I)
_IN_BRACKET = re.compile(r"\([^()]*,\s$")
_IN_BRACKET_STILL = re.compile(r"[^()]*\)")
_MEANWHILE = re.compile(r"[:;,]\s(?:if|when|whenever|once|unless)\s[^,;:]*$", re.I)
"""The condition a sentence holds in its middle, before the comma that ends it."""
_LONG_FORM = re.compile(r"(?: ?\(|: )(?P<long>[A-Z][^():]+)(?:\)|$)")
_DIGITS = re.compile(r"\d+")
_DENIED = re.compile(r"(?:\b(?:not|never|cannot|cant)|n['’]t)\s(?:\w+\s){0,2}$", re.I)
_SHORT_IS = re.compile(r"['’](?:s|re)$")
_FOLLOWING = re.compile(r" (?P<word>[A-Za-z][\w'’-]*)")


def is_fit(text: str, gap: Gap, shown: str, told: set[str]) -> bool:
    """Return whether a gap can be asked for.

    `shown` is what stands before the text, `told` the words of it in lower case.
    """
    return (
        is_whole(text, gap)
        and not _says_any(text[gap.start : gap.end])
        and _leaves_enough(text, gap, shown)
        and not is_told(text, gap, shown)
        and _is_pinned(text, gap, told)
        and not _is_aside(text, gap)
    )


def _says_any(part: str) -> bool:
    """Return whether a part leaves the number open: "one or more sources"."""
    return _ANY_NUMBER.match(part) is not None


def is_common(part: str) -> bool:
    """Return whether an answer is one word that could stand in almost any gap."""
    return part.lower() in _COMMON


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
    bare = not any(is_verb(word) or is_past(word) or _SHORT_IS.search(word) for word in words(text))
    following = _FOLLOWING.match(text, gap.end)
    noun = following is not None and following["word"] not in _NO_NOUN
    adjective = gap.role == "pole" and noun
    if adjective and bare:
        return False
    if gap.role != "tail" and not adjective and not (bare and gap.role == "name"):
        return True
    visible = {
        word.lower()
        for word in words(f"{text[: gap.start]} {text[gap.end :]}")
        if word.lower() not in _NO_PIN and len(word) > 1
    }
    part = words(text[gap.start : gap.end])
    if _is_vague(part):
        return False
    if len(part) > 1 and part[0].lower() in OWN:
        part = part[1:]
    telling = {word.lower().removesuffix("s") for word in part} - STOP_WORDS - LIGHT
    if gap.role == "tail" and telling <= {word.removesuffix("s") for word in visible}:
        return False
    pinned = len(visible - told) + PINNED * (_CONTRAST.search(text) is not None)
    if len(part) == 1:
        low = part[0].lower()
        if is_common(low) or (low.endswith("ing") and text[gap.end : gap.end + 1] == ","):
            return False
        verbal = low.endswith(("ed", "ly")) or is_verb(low) or is_past(low)
        light = low in LIGHT or (verbal and gap.role == "tail")
        return not light and pinned > PINNED
    if bare and words(text)[0].lower() in SPLITTERS:
        return False
    return pinned >= PINNED + 2 * bare


def _is_vague(part: list[str]) -> bool:
    """Return whether a phrase has no word of its own: "action on a system", "service/server"."""
    said = [each for word in part for each in word.lower().split("/")]
    joined = len(said) > len(part) or not STOP_WORDS.isdisjoint(said)
    return set(said) <= (_NO_PIN | _COMMON if joined else _NO_PIN)


def _is_aside(text: str, gap: Gap) -> bool:
    """Return whether a gap stands in an example, or in the condition before what is said."""
    before, after = text[: gap.start], text[gap.end :]
    if _EXAMPLE.search(before) or _ONE_DAY.search(text):
        return True
    if gap.role == "number":
        again = _SAMPLE.search(before) or _AMOUNT_BEFORE.search(before)
        again = again or _MADE_UP_CASE.search(before) or _ONE_IN_BRACKET.search(before)
        again = again or _TOO_MUCH.match(after) or _IN_ALL.match(after)
        return bool(again or _ALL_OF_IT.search(text[: gap.end])) or _is_quoted(before, after)
    if _is_aside_by_role(text[gap.start : gap.end], gap.role, before, after):
        return True
    if _IF_IN_BRACKET.search(before) or ("," in after and _MEANWHILE.search(before)):
        return True
    return 0 < gap.start < text.find(", ") and _CONDITION.match(text) is not None


def _is_aside_by_role(part: str, role: str, before: str, after: str) -> bool:
    """Return whether others could stand in a name's or a phrase's place, or a state is expected."""
    match role:
        case "name":
            named = words(part)[-1].lower() in _COMMON and _EXAMPLES_AFTER.match(after) is not None
            return named or _is_listed(before, after) or _COMPARED.search(before) is not None
        case "tail":
            return _is_in_series(words(part)[-1], before, after)
        case "pole":
            aside = before.count("(") > before.count(")")
            return bool(aside or _EXPECTED.search(before) or _DENIED.search(before))
        case _:
            return False


def _is_quoted(before: str, after: str) -> bool:
    """Return whether a gap stands inside words somebody says, which are an example."""
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return opened and bool(before.strip(' “"')) and ("”" in after or '"' in after)


def _is_in_series(last: str, before: str, after: str) -> bool:
    """Return whether a phrase that ends with a word is only the first or last of a series."""
    series = _SERIES.match(after) if after.startswith(",") else None
    if series is not None and not is_verb(series["next"]):
        return True
    cut = after.startswith(",") and is_past(last)
    return cut or _SERIES_BEFORE.search(before) is not None


def _is_listed(before: str, after: str) -> bool:
    """Return whether a name is one of several, any of which could be asked for."""
    if _AND_MORE.match(after) or _ONE_OF_TWO.search(before) or _LISTED.search(before):
        return True
    if before.endswith(("/ ", "; ")) or after.startswith(" /") or _FIRST_OF.match(after):
        return True
    if before.endswith(", ") and (after.startswith(",") or _LAST_OF.match(after)):
        return True
    if _IN_BRACKET_STILL.match(after) and (
        _IN_BRACKET.search(before) or (before.endswith("(") and after.startswith(","))
    ):
        return True
    if _AFTER_NAME.search(before) and not after.strip(" ."):
        return True
    rest = _LAST_ITEMS.match(after)
    return rest is not None and not any(map(is_verb, words(rest[0])))


def _is_balanced(text: str, gap: Gap) -> bool:
    """Return whether a gap cuts no pair of brackets apart."""
    part = text[gap.start : gap.end]
    whole = part.count("(") == part.count(")") and part.count('"') % 2 == 0
    whole = whole and part.count("“") == part.count("”")
    return whole and "::" not in part and "}" not in part


def is_told(text: str, gap: Gap, shown: str) -> bool:
    """Return whether what stays visible gives the answer, or the better part of it, away."""
    answer = text[gap.start : gap.end]
    rest = f"{shown} {text[: gap.start]} | {text[gap.end :]}"
    if stands_in(answer.lower(), rest.lower()):
        return True
    if gap.role == "number":
        both = _PAIR.fullmatch(answer) is not None and _BOTH.search(rest) is not None
        return both or _is_said_again(answer, f"{text[: gap.start]} | {text[gap.end :]}")
    if _is_short_for(answer, text[: gap.start], text[gap.end :]):
        return True
    if _is_next_of(answer, rest) or _is_kind_of_itself(answer, text[: gap.start]):
        return True
    seen = roots(shown) | roots(text[: gap.start]) | roots(text[gap.end :])
    telling = [
        root(part)
        for word in words(answer)
        for part in word.split("-")
        if part and part.lower() not in _NO_PIN
    ]
    if gap.role == "name":
        new = [word for word in telling if word not in seen]
        beside = f"{text[: gap.start]} | {text[gap.end :]}"
        again = any(stands_in(word, beside) for word in words(answer) if _CODED.fullmatch(word))
        known = answer[0].isalnum() and len(new) < len(telling)
        return known and (len(new) == 0 or again or len(telling) > PINNED)
    if gap.role == "pole":
        return root(answer) in seen or stands_in(OPPOSITES.get(answer.lower(), ""), rest.lower())
    named = [word for word in words(answer) if not word.islower() and len(word) > 1]
    if gap.role != "series" and any(root(word) in seen for word in named):
        return True
    return 2 * sum(word in seen for word in telling) >= max(1, len(telling))


def _is_said_again(amount: str, rest: str) -> bool:
    """Return whether the numbers of an amount are seen: "1024 - 65535" beside "1024-65535"."""
    numbers = set(_DIGITS.findall(amount))
    return max(map(len, numbers), default=0) > 1 and numbers <= set(_DIGITS.findall(rest))


def _is_next_of(answer: str, rest: str) -> bool:
    """Return whether a name like it is seen that differs in its number only: IPv4 of IPv6."""
    bare = _DIGITS.sub("", answer)
    if bare == answer or len(bare) < MIN_SHOWN:
        return False
    return any(bare == _DIGITS.sub("", word) != word for word in words(rest) if word != answer)


def _is_kind_of_itself(answer: str, before: str) -> bool:
    """Return whether a sentence says of its subject that it is one: "Instances are EC2 [...]"."""
    tokens, lead = words(answer), words(before)
    is_one = 1 < len(tokens) <= FEW and len(lead) > 1 and lead[-1] in COPULAS
    return is_one and root(tokens[-1]) in set(map(root, lead[:-1]))


def _is_short_for(name: str, before: str, after: str) -> bool:
    """Return whether the long or the short form of a name stands right beside it."""
    if before.endswith("(") and after.startswith(")"):
        last = words(before)[-len(name) :]
        return any(spells(name, " ".join(last[place:])) for place in range(len(last)))
    beside, spelt = _SHORT_FORM.match(after), _LONG_FORM.match(after)
    shorts = [word for word in words(name) if word.isupper() and len(word) > 1]
    if spelt is not None and any(spells(short, spelt["long"]) for short in shorts):
        return True
    near = [word for word in words(before) if word.lower() not in STOP_WORDS]
    initials = "".join(word[0] for word in near).lower()
    if any(len(short) > MIN_SHOWN and initials.endswith(short.lower()) for short in shorts):
        return True
    phrase = " ".join(words(f"{before} {name}")[-len(beside[1]) :]) if beside is not None else ""
    return beside is not None and (spells(beside[1], name) or spells(beside[1], phrase))
