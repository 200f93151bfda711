"""Finds what a statement is about when it does not say so itself."""

import re
from collections.abc import Sequence

from apps.extraction.documents import Node, NodeKind, SubjectRef
from apps.extraction.lexicon import QUALIFIER, RELATION_LABEL, is_verb, words
from apps.extraction.sentences import leading_pronoun, own_subject, split_label
from apps.extraction.titles import acronym_of, clean_title, is_generic, is_many, is_plural, name_of
from apps.extraction.verbs import third_person

_COUNTED = re.compile(r"^(?:two|three|four|five|six|seven|several|some|\d+)\s+\w", re.I)
_DASHES = ("-", "–", "—")
_EXPLETIVE = re.compile(
    r"^(?:also |not |only |always |often |very |\w+ly )*(?:possible|impossible|optional|"
    r"recommended|necessary|unnecessary|required|important|better|best|advised|advisable|mandatory|"
    r"preferable|preferred|worth|likely|unlikely|enough|allowed|essential|crucial|common|"
    r"customary|safe|unsafe|permitted|forbidden|prohibited|wise)\b.*?\b(?:to|that|for|if|when)\b",
    re.I,
)
"""What "it" is said of without standing for anything: "it is possible to"."""
_INFLECTED = frozenset({"is", "has", "does", "was", "isn't", "doesn't", "hasn't", "are", "were"})
_BRINGS = re.compile(
    r"(?:\w+ly )?(?:supports?|contains?|uses?|provides?|includes?|has|have|needs?|requires?|"
    r"creates?|generates?|maintains?|consists? of|introduces?|offers?)\s+(?!to\b)"
    r"(?P<object>[^,;:()]+)",
    re.I,
)
"""How an opener brings up a thing that what follows may be about."""
_PERSON = re.compile(
    r"[A-Z][a-z'’-]+(?:\s(?:[A-Z]\.|of|the|van|von|de|[A-Z][a-z'’-]+|[IVX]+)){1,4}"
)
"""A title that may be somebody's name."""
_CALLED = re.compile(
    r"\b(?:called|named|known as)\s+(?:an?\s|the\s)?(?P<name>[^,;:()]{2,40})$", re.I
)
"""The name an opener gives to what follows: "an intermediary called instance profile"."""
_MAY_BE = re.compile(r"^(?:it|they) (?:can|could|may|might) be (?P<what>(?!\w+ed\b)[\w-]+)$", re.I)
"""One of several states, in which alone what stands below it holds: "It could be public:"."""
MAX_LABEL = 95
"""Characters of a label."""
_POINTING = frozenset({"this", "these", "that", "those"})
MAX_HEAD_WORDS = 8
MAX_CHAIN = 3


class Subjects:
    """Answers for each node of an outline what stands above it."""

    def __init__(self, nodes: Sequence[Node], title: str) -> None:
        self._title = title
        self._below: list[SubjectRef] = []
        for node in nodes:
            self._below.append(self._resolve(node, self.above(node)))

    def above(self, node: Node) -> SubjectRef:
        """Return the subject a node's own words leave open."""
        if node.parent is None:
            return SubjectRef(self._title, (), ())
        return self._below[node.parent]

    def _resolve(self, node: Node, above: SubjectRef) -> SubjectRef:
        """Return the subject for what hangs on a node."""
        if node.noise is not None:
            return above
        if node.kind is NodeKind.SECTION:
            path = (*above.path, node.text)
            return SubjectRef(self._telling(path), (), path)
        state = _MAY_BE.match(parent_label(node.text))
        label = f"if {state['what']}" if state is not None else parent_label(node.text)
        if not label or not stands_for(label, above, counted=False):
            unsure = bool(label) and _stands_for_nothing(label)
            chain = (*above.chain, label)[-MAX_CHAIN:] if unsure else above.chain
            return SubjectRef(above.about, chain, above.path, above.qualifiers)
        if QUALIFIER.match(label):
            kept = (*above.qualifiers, label)[-2:]
            return SubjectRef(above.about, above.chain, above.path, kept)
        counted = _COUNTED.match(label) is not None and label == own_subject(clean_title(node.text))
        telling = counted or not (is_generic(label) or RELATION_LABEL.match(label))
        shown = resolved(label, above.about)
        kept_labels = (piece for piece in above.chain if piece not in shown)
        chain = (*kept_labels, shown)[-MAX_CHAIN:]
        named = _CALLED.search(label)
        about = named["name"] if named else label if telling else above.about
        return SubjectRef(about, chain, above.path, above.qualifiers)

    def _telling(self, path: Sequence[str]) -> str:
        for title in reversed(path):
            if not is_generic(title):
                return name_of(title)
        return path[-1]


def stands_for(text: str, subject: SubjectRef, *, counted: bool = True) -> bool:
    """Return whether the pronoun a text opens with, if any, may be replaced by what is above it.

    It may not where it stands for nothing ("it is possible to"), where the numbers disagree, and
    where a heading such as "Backups" or the object of an opener ("It supports sessions:") lies
    between: what it says could be said of either.
    `counted` says whether the numbers have to agree: names of services end like plurals.
    """
    found = leading_pronoun(text)
    if found is not None and found[0] in ("he", "she"):
        titles = map(name_of, subject.path)
        return subject.about not in titles or _PERSON.fullmatch(subject.about) is not None
    if found is None or found[0] not in ("it", "they"):
        return True
    pronoun, verb, rest = found
    first = rest.partition(" ")[0]
    if _stands_for_nothing(text):
        return False
    if own_subject(subject.about) and subject.about not in subject.path:
        return False
    inflected = (verb or first) in _INFLECTED or bool(third_person(first))
    if counted and pronoun == "they" and not inflected and not _may_be_many(subject.about):
        return False
    if counted and inflected and is_many(subject.about) != (pronoun == "they"):
        return False
    nearest = subject.chain[-1] if subject.chain else ""
    if _stands_for_nothing(nearest) or (is_generic(nearest) and nearest != subject.about):
        return False
    brought = _BRINGS.match(nearest.removeprefix(subject.about).lstrip())
    return brought is None or nearest == subject.about or _many(brought) != (pronoun == "they")


def _stands_for_nothing(text: str) -> bool:
    """Return whether a text opens with "it's possible to" or the like.

    What follows such an opener may speak of what it brings up: "It's unwise to use a canoe:".
    """
    found = leading_pronoun(text)
    if found is None or found[0] != "it":
        return False
    _, verb, rest = found
    return _EXPLETIVE.match(rest if verb else rest.partition(" ")[2]) is not None


def _may_be_many(about: str) -> bool:
    """Return whether "they" may stand for a subject: no name that only ends like a plural."""
    return is_many(about) or about.endswith("s") is is_plural(about)


def _many(brought: re.Match[str]) -> bool:
    """Return whether what an opener brings up is several things."""
    return is_plural(brought["object"].split(" of ", maxsplit=1)[0])


def resolved(text: str, about: str) -> str:
    """Return a text with the pronoun it opens with replaced by what it stands for."""
    found = leading_pronoun(text)
    if found is None:
        return text
    pronoun, verb, rest = found
    if pronoun in _POINTING and not verb and not is_verb(rest.split(" ", maxsplit=1)[0]):
        return rest
    if pronoun == "there":
        return re.sub(r"^(?:is|are)\s+", "", rest)
    return " ".join(part for part in (about, verb, rest) if part)


def parent_label(text: str) -> str:
    """Return the words of a parent that name what its children are about, or "" if none do."""
    parts = split_label(text)
    bare = clean_title(text)
    named = text.rstrip().endswith(":") and len(words(bare)) <= MAX_HEAD_WORDS
    if parts is not None and not (named and parts[1] in _DASHES):
        return clean_title(parts[0])
    if "?" in bare:
        return ""
    if is_generic(bare):
        return bare
    if acronym_of(bare) is not None:
        return bare
    if QUALIFIER.match(bare):
        condition = bare if len(bare) <= MAX_LABEL else bare.split(", ", maxsplit=1)[0]
        return condition if len(condition) <= MAX_LABEL else ""
    if text.rstrip().endswith(":") and len(bare) <= MAX_LABEL:
        return bare
    head = own_subject(bare)
    if head:
        return head if len(words(head)) <= MAX_HEAD_WORDS else ""
    return bare if len(words(bare)) <= MAX_HEAD_WORDS else ""
