"""Takes the section of a law that a sentence ends with apart from what the sentence says."""

import re
from dataclasses import replace

from apps.extraction.documents import Relation, Statement
from apps.extraction.lexicon import words
from apps.extraction.sentences import own_subject, split_label
from apps.extraction.statements.simple import bare, context_of

MIN_SAID, MAX_THING = 4, 8
_LAW = re.compile(
    r"\s*[,(]\s*(?P<law>(?:§§?|Art(?:icle|\.)|Section|Sec\.|[sS]\.)\s?\d+[a-z]?"
    r"(?:\s?\(\d+[a-z]?\))*(?:\s(?:No|Nr)\.\s?\d+)?(?:\s[A-Z][A-Za-z]{1,9})?)\)?[.\s]*$"
)


def without_law(sentence: str) -> str:
    """Return a sentence without the section it ends with."""
    return _LAW.sub("", sentence)


def cited_law(base: Statement, sentence: str) -> Statement | None:
    """Return the section that says what the sentence says, or None where none is named."""
    match = _LAW.search(sentence)
    rest = without_law(sentence)
    if match is None or len(words(rest)) < MIN_SAID:
        return None
    label = split_label(rest)
    thing = bare(label[0] if label is not None else own_subject(rest))
    if not thing or len(words(thing)) > MAX_THING:
        return None
    return replace(
        base, relation=Relation.HAS_VALUE, context=context_of(base, with_about=True),
        label=f"{thing}: section", text=match["law"], certainty=0.7 * base.certainty,
    )  # fmt: skip
