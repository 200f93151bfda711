"""Remembers across the sentences of a paragraph what they are about."""

import re
from dataclasses import replace

from apps.extraction.documents import SubjectRef
from apps.extraction.lexicon import ARTICLES, words
from apps.extraction.sentences import (
    POSSESSIVE,
    leading_pronoun,
    own_subject,
    split_label,
    unfronted,
)
from apps.extraction.statements.labels import is_attribute
from apps.extraction.statements.subjects import MAX_CHAIN
from apps.extraction.titles import clean_title, is_many, spells

MAX_HELD = 5
_ARTICLE = re.compile(r"(?:the|an?)\s", re.I)
_ROLE = re.compile(
    r"\b(?:king|queen|emperor|empress|tsar|pope|president|minister|chancellor|general|consul|"
    r"man|woman|claimant|defendant|plaintiff|patient|judge|duke|count|prince|bishop)$",
    re.I,
)
"""Somebody who is named by what he is."""
_REGNAL = re.compile(r"[A-Z][a-z]+ [IVX]+$")
"""A ruler's name: somebody, and never "it"."""
_PLURAL = frozenset({"they", "their"})
_PERSONAL = frozenset({"it", "they", "he", "she"})


class Thread:
    """The subject of the sentences so far, for those that only point back to it."""

    def __init__(self) -> None:
        self._held = ""
        self._near = False
        self._person = ""

    def turn(self) -> None:
        """Begin a new paragraph: only pronouns still point back to the one before."""
        self._near = False

    def subject(self, clause: str, above: SubjectRef) -> SubjectRef:
        """Return the subject a clause leaves open: the one held, or the one above."""
        found = leading_pronoun(clause)
        if found is not None and found[0] in ("he", "she") and self._person:
            return replace(above, about=self._person)
        if not self._held or self._held == above.about:
            return above
        if found is not None:
            fits = found[0] in _PERSONAL and self._agrees(found[0])
            return self._pointing(above) if fits else above
        possessive = POSSESSIVE.match(clause)
        if possessive is not None:
            return self._pointing(above) if self._agrees(possessive[0].strip()) else above
        label = split_label(clause)
        term = label[0] if label is not None else own_subject(clause)
        near = self._near and bool(term) and is_attribute(_bare(term))
        return self._pointing(above) if near else above

    def keep(self, clause: str) -> None:
        """Take the thing a clause is about as what the next ones may point back to."""
        if leading_pronoun(clause) is not None or POSSESSIVE.match(clause):
            self._near = bool(self._held)
            return
        label = split_label(clause)
        said = unfronted(label[2] if label is not None else clause)
        term = clean_title(label[0]) if label is not None else own_subject(said)
        bare, person = _bare(term), own_subject(said)
        capital = person[:1].isupper() and not is_many(_bare(person))
        if (capital or _ROLE.search(person)) and len(words(person)) <= MAX_HELD:
            self._person = _bare(person)
        if bare and len(words(bare)) <= MAX_HELD and not is_attribute(bare):
            self._held, self._near = bare, True

    def _pointing(self, above: SubjectRef) -> SubjectRef:
        return replace(above, about=self._held)

    def _agrees(self, pronoun: str) -> bool:
        pronoun = pronoun.lower()
        if pronoun in ("he", "she", "his", "her"):
            return self._held[:1].isupper()
        if pronoun in ("it", "its") and _REGNAL.match(self._held):
            return False
        return is_many(self._held) == (pronoun in _PLURAL)


class Introductions:
    """The abbreviations that lines of a list introduce, for the lines after them.

    A list that lost its indents goes on below "EFA: The Elastic Fabric Adapter is …" with what
    that does: "Works on Linux only".
    """

    def __init__(self) -> None:
        self._terms: dict[int | None, str] = {}

    def subject(self, parent: int | None, clause: str, above: SubjectRef) -> SubjectRef:
        """Return the subject a clause of a list leaves open; `parent` tells which list."""
        term = _introduced(clause)
        if term:
            self._terms[parent] = term
        held = self._terms.get(parent, "")
        if not held or split_label(clause) is not None or own_subject(clause):
            return above
        return replace(above, about=held, chain=(*above.chain, held)[-MAX_CHAIN:])


def _introduced(clause: str) -> str:
    """Return the abbreviation a clause spells out and says something of, or ""."""
    parts = split_label(clause)
    opener = _ARTICLE.match(parts[2]) if parts is not None else None
    if parts is None or opener is None or not parts[0].isupper():
        return ""
    long = " ".join(words(parts[2][opener.end() :])[: len(parts[0])])
    return parts[0] if spells(parts[0], long) else ""


def _bare(term: str) -> str:
    first, _, rest = term.partition(" ")
    return rest if first.lower() in ARTICLES else term
