"""Finds what a statement is about when it does not say so itself."""

import re
from collections.abc import Sequence

from apps.extraction.documents import Node, NodeKind, SubjectRef
from apps.extraction.lexicon import QUALIFIER, RELATION_LABEL, words
from apps.extraction.sentences import leading_pronoun, own_subject, split_label
from apps.extraction.titles import acronym_of, clean_title, is_generic, name_of

_COUNTED = re.compile(r"^(?:two|three|four|five|six|seven|several|some|\d+)\s+\w", re.I)
MAX_LABEL = 95
"""Characters of a label."""
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
        if node.kind is NodeKind.SECTION:
            path = (*above.path, node.text)
            return SubjectRef(self._telling(path), (), path)
        label = parent_label(node.text)
        if not label:
            return above
        if QUALIFIER.match(label):
            kept = (*above.qualifiers, label)[-2:]
            return SubjectRef(above.about, above.chain, above.path, kept)
        counted = _COUNTED.match(label) is not None and label == own_subject(clean_title(node.text))
        telling = counted or not (is_generic(label) or RELATION_LABEL.match(label))
        shown = resolved(label, above.about)
        kept_labels = (piece for piece in above.chain if piece not in shown)
        chain = (*kept_labels, shown)[-MAX_CHAIN:]
        return SubjectRef(label if telling else above.about, chain, above.path, above.qualifiers)

    def _telling(self, path: Sequence[str]) -> str:
        for title in reversed(path):
            if not is_generic(title):
                return name_of(title)
        return path[-1]


def resolved(text: str, about: str) -> str:
    """Return a text with the pronoun it opens with replaced by what it stands for."""
    found = leading_pronoun(text)
    if found is None:
        return text
    pronoun, verb, rest = found
    if pronoun == "there":
        return re.sub(r"^(?:is|are)\s+", "", rest)
    return " ".join(part for part in (about, verb, rest) if part)


def parent_label(text: str) -> str:
    """Return the words of a parent that name what its children are about, or "" if none do."""
    parts = split_label(text)
    if parts is not None:
        return clean_title(parts[0])
    bare = clean_title(text)
    if "?" in bare:
        return ""
    if acronym_of(bare) is not None:
        return bare
    if QUALIFIER.match(bare):
        return bare if len(bare) <= MAX_LABEL else ""
    if text.rstrip().endswith(":") and len(bare) <= MAX_LABEL:
        return bare
    head = own_subject(bare)
    if head:
        return head if len(words(head)) <= MAX_HEAD_WORDS else ""
    return bare if len(words(bare)) <= MAX_HEAD_WORDS else ""
