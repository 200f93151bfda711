"""Splits a sentence into clauses that each say one thing and name their subject."""

import re

from apps.extraction.lexicon import (
    ARTICLES,
    COPULAS,
    MODALS,
    PRONOUNS,
    QUALIFIER,
    SPLITTERS,
    STOP_WORDS,
    VERBS,
    is_verb,
    words,
)
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import (
    MAX_SEARCHED,
    POSSESSIVE,
    balanced,
    governs,
    leading_pronoun,
    own_subject,
    split_label,
    unfronted,
    verb_place,
)
from apps.extraction.titles import is_plural, spells
from apps.extraction.verbs import is_past, third_person, word_set

MAX_CLAUSES = 5
MIN_LEFT, MIN_RIGHT = 3, 2
"""Words of a clause before and after a split."""
MAX_SUBJECT, MAX_ANTECEDENT = 6, 4
_JOINT = re.compile(
    r"(?P<stop>;)\s+(?:(?:and|but|however|therefore|thus|while)\b,?\s+)?|"
    r",\s+(?P<relative>which|who)\s+|"
    r",\s+(?P<named>(?:also\s+)?(?:defined as|known as|called|referred to as))\s+|"
    r"(?P<comma>,)?\s+(?:and|but|while|whereas)\s+(?:(?:then|also|later|so|\w+ly)\s+)?|"
    r"(?P<list>,)\s+"
)
_ATTRIBUTES = re.compile(r";\s+(?=[A-Z][\w /-]{0,28}:\s)")
"""What parts "Protocol: UDP; Port: 53" into its attributes."""
_PAIRED = re.compile(r",\s+(?=[A-Z][\w-]{1,14} = )")
"""What parts "SLI = measured, SLO = target" into its terms."""
_AFTER_NAME = re.compile(r"\s*(?:,|;|→|->)\s*")
_SUBORDINATE = re.compile(r"\b(?:that|if|when|because|unless|whether|until|before|after)\b", re.I)
_REDUCED = re.compile(r"^\w+ (?:each|every|the|an?|you|we|they|it)\b", re.I)
"""A noun with the clause that goes with it: "memory each container (has)"."""
_PRESENT = frozenset({"is", "has", "does", "isn't", "doesn't", "hasn't"})
_PRETERITE = frozenset({"was", "were", "had", "did", "didn't", "wasn't", "weren't"})
_ENDS = word_set(
    "appear arise begin boil break burn clot close collapse contract cool crash decline decrease "
    "die diffuse dilate disappear drop end escape evaporate exist expand expire explode fail fall "
    "flow freeze happen hold increase last leave melt move occur open overflow recover relax "
    "remain respond restart rise run sink sleep slow start stop swell terminate vanish vary wait "
    "weaken widen work"
)
"""Verbs that may end a clause; others that stand last are nouns: "time and security concerns"."""
_MODAL = MODALS - _PRESENT - _PRETERITE - {"have", "do", "don't", "haven't"}


def split_clauses(sentence: str) -> list[str]:
    """Return the clauses of a sentence in order, a shared subject repeated in each.

    A condition and a "Label: value" stay whole, and so does everything a split would leave
    without a subject or a verb of its own.
    """
    label = split_label(sentence)
    if label is not None and _ATTRIBUTES.search(sentence):
        return _ATTRIBUTES.split(sentence)
    if label is not None and label[1] == "=" and _PAIRED.search(sentence):
        return _PAIRED.split(sentence)
    if label is not None and balanced(label[2]):
        return _labelled(sentence, label[0], label[2])
    if QUALIFIER.match(sentence):
        return [sentence]
    clauses: list[str] = []
    rest = sentence
    while len(clauses) < MAX_CLAUSES:
        parts = _first_split(rest)
        if parts is None:
            break
        *done, rest = parts
        clauses += done
    return [*clauses, rest]


def _labelled(sentence: str, label: str, value: str) -> list[str]:
    """Return "Label: what it is, does this" as the meaning and the sentence of the label."""
    long, *more = _AFTER_NAME.split(value, maxsplit=1)
    if more and label.isupper() and spells(label, long) and len(words(more[0])) > 1:
        return [f"{label} = {long}", f"{label}: {more[0]}"]
    head, comma, tail = value.partition(", ")
    first = next(iter(words(tail)), "")
    verbal = bool(third_person(first)) or first in ("is", "has", "can", "does")
    meant = not any(is_verb(word) for word in words(head)) and not find_quantities(head)
    if not comma or not verbal or not meant or len(words(tail)) < MIN_LEFT or "," in tail:
        return [sentence]
    return [sentence[: -len(tail)].rstrip(" ,"), f"{label} {tail}"]


def _first_split(text: str) -> list[str] | None:
    for joint in _JOINT.finditer(text):
        left, right = text[: joint.start()].rstrip(" ,"), text[joint.end() :]
        if not balanced(left) or len(words(right)) < MIN_RIGHT:
            continue
        if joint["relative"]:
            parts = _relative(left, right)
        elif joint["named"]:
            parts = _named(left, f"{joint['named']} {right}")
        else:
            parts = _coordinated(left, right, joint)
        if parts is not None:
            return parts
    return None


def _coordinated(left: str, right: str, joint: re.Match[str]) -> list[str] | None:
    """Return two full clauses, the right one with the left one's subject if it has none."""
    subject, verb, after = _predicate(left)
    if not subject or len(words(left)) < MIN_LEFT or not after:
        return None
    loose = not (joint["stop"] or joint["comma"])
    if loose and _SUBORDINATE.search(left):
        return None
    if not joint["list"] and _stands_alone(right):
        return [left, right]
    shared = _shared_verb(verb, right, left)
    return [left, f"{subject} {shared}"] if shared else None


def _stands_alone(text: str) -> bool:
    """Return whether a text is a sentence with a subject of its own."""
    found = leading_pronoun(text)
    if found is not None:
        pronoun, hidden, rest = found
        first = next(iter(words(rest)), "")
        return pronoun in ("it", "they", "he", "she") and bool(
            hidden or is_verb(first) or is_past(first)
        )
    said = POSSESSIVE.sub("", unfronted(text))
    own = own_subject(said)
    if not own or "," in own or len(words(own)) > MAX_SUBJECT or _REDUCED.search(own):
        return False
    verb, *after = words(said[len(own) :]) or [""]
    return bool(after) or is_past(verb) or third_person(verb.lower()) in _ENDS or verb in _ENDS


def _predicate(text: str) -> tuple[str, str, str]:
    """Return (subject, verb, what follows it) of a clause, ("", "", "") where it has none."""
    text = unfronted(text)
    owned = POSSESSIVE.match(text)
    if owned is not None:
        subject, verb, after = _predicate(text[owned.end() :])
        return (f"{owned[0]}{subject}", verb, after) if subject else ("", "", "")
    tokens = words(text)[:MAX_SEARCHED]
    found = leading_pronoun(text)
    if found is not None and found[0] in ("it", "they", "he", "she"):
        rest = words(f"{found[1]} {found[2]}")
        return (found[0], rest[0], " ".join(rest[1:])) if rest else ("", "", "")
    place = verb_place(tokens)
    subject = own_subject(text)
    if not place or len(words(subject)) > MAX_SUBJECT:
        return "", "", ""
    return subject, tokens[place], " ".join(tokens[place + 1 :])


def _shared_verb(verb: str, right: str, left: str) -> str:
    """Return a clause without subject, with its verb in full, if it goes with the left verb."""
    tokens = words(right)
    first, after = tokens[0], tokens[1]
    if not first[0].islower() or after.lower() in COPULAS or right.startswith(f"{first},"):
        return ""
    if first in _MODAL:
        return right
    form, other = _form(verb), _form(first)
    last = words(left)[-1].lower()
    passive = after.lower() in SPLITTERS or after.endswith("ly")
    if verb in COPULAS and first.endswith("ed") and passive:
        return f"{verb} {right}"
    if form != other or (third_person(last) and other == "present"):
        return ""
    if other == "past" and first not in _PRETERITE and not governs(first, after):
        return ""
    if other == "present" and first not in _PRESENT and after.lower() in ("and", "or", "of"):
        return ""
    return right


def _form(verb: str) -> str:
    low = verb.lower().replace("’", "'")
    if low in _PRESENT or third_person(low):
        return "present"
    if low in _PRETERITE or is_past(low):
        return "past"
    if low in _MODAL:
        return "modal"
    return "base" if low in VERBS or low in COPULAS | MODALS else ""


def _relative(left: str, right: str) -> list[str] | None:
    """Return the clauses of "X, which …, does …" and of "… X, which …"."""
    verb = words(right)[0]
    if not (is_verb(verb) or is_past(verb)):
        return None
    if not _predicate(left)[0]:
        if verb_place(words(left)[:MAX_SEARCHED]) or len(words(left)) > MAX_SUBJECT:
            return None
        inner, comma, rest = right.partition(", ")
        first = next(iter(words(rest)), "")
        if not comma or not (is_verb(first) or is_past(first)) or not balanced(inner):
            return None
        return [f"{left} {inner}", f"{left} {rest}"]
    antecedent = "" if is_past(words(left)[-1].lower()) else _antecedent(left)
    plural = _form(verb) == "base"
    if not antecedent or (verb not in _MODAL | _PRETERITE and is_plural(antecedent) != plural):
        return None
    return [left, f"{antecedent} {right}"]


def _named(left: str, right: str) -> list[str] | None:
    """Return the clauses of "… X, known as Y" and "… X, defined as Y"."""
    antecedent = _antecedent(left) if _predicate(left)[0] else ""
    if not antecedent:
        return None
    return [left, f"{antecedent} {'are' if is_plural(antecedent) else 'is'} {right}"]


def _takes(text: str, link: str, tail: list[str]) -> bool:
    """Return whether a verb stands before the preposition: "begins with X", not "range on X"."""
    head = text[: text.rfind(f"{link} {tail[-1]}")].split()
    verb = head[-1].lower() if head else ""
    return bool(third_person(verb)) or is_past(verb) or verb.endswith("ed")


def _antecedent(text: str) -> str:
    """Return the noun phrase a text ends with, without its article, "" if it is too long."""
    tail: list[str] = []
    for word in reversed(text.split()):
        bare = word.strip("(),;").lower()
        if bare in SPLITTERS and tail and not _takes(text, word, tail):
            return ""
        ends = word.endswith((",", ";", ":")) and tail
        if ends or bare in SPLITTERS | COPULAS | MODALS | PRONOUNS or is_verb(bare):
            break
        if bare in ARTICLES | {"and", "or"} or bare in STOP_WORDS:
            break
        tail.append(word)
        if len(tail) > MAX_ANTECEDENT:
            return ""
    return " ".join(reversed(tail))
