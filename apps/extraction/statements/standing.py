"""Keeps only what a stranger can tell the subject of, and shows the thing a weak label needs."""

import re
from dataclasses import replace

from apps.extraction.documents import Relation, Statement
from apps.extraction.lexicon import canonical, words
from apps.extraction.outline.tree import UNSURE
from apps.extraction.sentences import own_subject, unfronted
from apps.extraction.statements.labels import is_attribute
from apps.extraction.titles import clean_title, is_generic, is_name, is_weak, name_of

MAX_CONTEXT = 110
"""Characters of a context from which no more is put before it."""
_ANYWHERE = frozenset({Relation.EXPANDS, Relation.ANSWERS, Relation.DONE_BY, Relation.HAPPENED})
"""What needs no subject above it."""
_INDEFINITE = re.compile(
    r"^(?:any|all|some|every|each|most|both|many|other|others|another|such|users?|we|you|one|two|"
    r"these|those|this|that|the (?:user|website|app|application|client|customer|solution)s?)\b",
    re.I,
)
"""Subjects that only the text round them tells apart."""
_POINTS = re.compile(
    r"(?<![\w-])(?:above|below)(?=\s*(?:[.,;:)]|$|still\b|and\b|or\b|like\b|info\b))|"
    r"\b(?:the|ones?|as|seen|shown|listed|mentioned|described) (?:above|below)\b"
    r"(?! (?:the|an?|\d))",
    re.I,
)
"""Words that point to another place of the note."""
_EXERCISE = re.compile(
    r"\bin (?:our|this|that|the above) (?:example|case study|scenario|exercise|diagram)\b|"
    r"\bwe(?:['’]ve| have) (?:\w+ly |now |just |already |also )?(?:implemented|built|made|added|"
    r"used|created|deployed|chosen|seen|set up)\b|\bour (?:app|application|website|site|blog|"
    r"example|solution|company|users?|customers?|client)\b|(?-i:\bMy[A-Z][a-z]+)|"
    r"\blet['’]?s (?:have|take|look at|see|consider) an example\b",
    re.I,
)
"""How a sentence tells of a case made up for the page."""


def is_made_up(text: str) -> bool:
    """Return whether a text tells of an exercise or an example instead of the subject."""
    return _EXERCISE.search(text) is not None


def points_away(text: str) -> bool:
    """Return whether a text rests on what stands above or below it on the page."""
    return _POINTS.search(text) is not None


def standing(statement: Statement, *, placed: bool) -> Statement | None:
    """Return a statement as it can stand alone, or None where its subject is not certain.

    `placed` says that its place in the outline is no guess. Where it is one, or where the note
    has no heading, a statement has to name its subject itself; elsewhere a weak label ("Sync",
    "Limits") is shown behind the nearest thing above it.
    """
    if statement.relation in _ANYWHERE:
        return statement
    if not placed:
        known = replace(statement, context="", certainty=min(1.0, statement.certainty / UNSURE))
        return known if _names_itself(statement) else None
    if not statement.subject.path and not statement.subject.chain:
        return statement if _is_told(statement) else None
    return _behind(statement)


def _names_itself(statement: Statement) -> bool:
    """Return whether a statement names its subject so that nothing above is needed."""
    own = _subject(statement)
    paired = statement.relation in (Relation.IS_A, Relation.LEADS_TO) and len(words(own)) > 1
    return is_name(own) or (paired and _INDEFINITE.match(own) is None and not is_weak(own))


def _subject(statement: Statement) -> str:
    """Return what a statement itself names as the thing it is about, "" if nothing."""
    return statement.label or own_subject(unfronted(statement.text))


def _is_told(statement: Statement) -> bool:
    """Return whether a statement below no heading says by itself what it is about."""
    own = _subject(statement)
    if is_name(own):
        return True
    if statement.relation is Relation.HAS_VALUE:
        return not is_attribute(own) and bool(own)
    return bool(own) and _INDEFINITE.match(own) is None


def _behind(statement: Statement) -> Statement:
    """Return a statement with the nearest things above before a context that says too little."""
    shown = statement.context
    first = shown.split(" › ", maxsplit=1)[0] or (
        statement.label if statement.relation is Relation.IS_A else ""
    )
    said = canonical(f"{shown} {statement.label}")
    for title in reversed(statement.subject.path):
        if not first or len(shown) > MAX_CONTEXT or not _says_little(first, shown):
            break
        name = clean_title(name_of(title))
        if is_generic(name) or "?" in name or canonical(name) in said:
            continue
        shown, first = (f"{name} › {shown}" if shown else name), name
    return statement if shown == statement.context else replace(statement, context=shown)


def _says_little(first: str, shown: str) -> bool:
    """Return whether a label needs the thing above it; a term asked for needs it sooner."""
    return is_weak(first) or (not shown and len(words(first)) <= 1)
