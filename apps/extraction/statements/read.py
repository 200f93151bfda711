"""Reads the single statements out of an outline, each with its subject."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from apps.extraction.documents import (
    LineRecord,
    Node,
    NodeKind,
    Outline,
    Reading,
    Reason,
    Relation,
    Role,
    Statement,
    SubjectRef,
)
from apps.extraction.lexicon import NEGATIVE, canonical, words
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import leading_pronoun, own_subject, split_label, split_sentences
from apps.extraction.statements.lists import list_statement, order_statement
from apps.extraction.statements.simple import labelled, opening, said
from apps.extraction.statements.subjects import Subjects
from apps.extraction.titles import clean_title

MIN_QUESTION, CLEAR_QUESTION = 4, 8
"""Words of a question that asks something, and of one that needs no context."""
_EXAMPLE_TITLE = re.compile(r"^(?:an? )?(?:worked )?examples?\b|^sample\b|^case study\b", re.I)
_QUESTION = re.compile(r"\?\s*$")
_NARRATIVE = re.compile(
    r"^(?:we (?!can|must|should|need|have)|let['’]?s|let us|our|say|suppose|imagine|"
    r"i|here|assume|assumption|"
    r"so|again|anyway|"
    r"somehow|basically|typically we|now|also we|therefore|this means|that means|which means|"
    r"means that|because|just|then|in other words)\b",
    re.I,
)
MAX_SENTENCE_WORDS = 45
MAX_ANSWER_WORDS = 30
MIN_SECTION_ITEMS = 3
MAX_NAME_WORDS = 4


def read_statements(outline: Outline, title: str) -> Reading:
    """Return what an outline says; `title` names a note that has no heading of its own."""
    return _Reader(outline.nodes, title).read()


class _Reader:
    """Walks once over the nodes in reading order."""

    def __init__(self, nodes: Sequence[Node], title: str) -> None:
        self._nodes = nodes
        self._subjects = Subjects(nodes, title)
        self._children: dict[int, list[Node]] = defaultdict(list)
        self._noise: list[Reason | None] = []
        self._topics: list[int | None] = []
        self._reasons: dict[int, Reason] = {}
        self._listed: set[int] = set()
        self._attributes = _shared_labels(nodes)
        self._names = _known_names(nodes)
        for node in nodes:
            self._noise.append(self._noise_of(node))
            above = None if node.parent is None else self._topics[node.parent]
            self._topics.append(node.index if node.kind is NodeKind.SECTION else above)
            if node.parent is not None and self._noise[node.index] is None:
                self._children[node.parent].append(node)

    def _noise_of(self, node: Node) -> Reason | None:
        above = None if node.parent is None else self._noise[node.parent]
        if node.kind is NodeKind.SECTION and _EXAMPLE_TITLE.match(clean_title(node.text)):
            return Reason.EXAMPLE
        if node.kind is NodeKind.SECTION:
            return None
        return node.noise or above

    def read(self) -> Reading:
        statements: list[Statement] = []
        for node in self._nodes:
            noise = self._noise[node.index]
            if node.kind is NodeKind.SECTION:
                statements.extend(self._section(node))
            elif noise is not None:
                self._explain(node, noise)
            else:
                found = list(self._node(node))
                statements.extend(found)
                if not found:
                    self._explain(node, self._why_nothing(node))
        records = tuple(
            LineRecord(no, Role.SKIPPED, reason) for no, reason in sorted(self._reasons.items())
        )
        return Reading(tuple(statements), records)

    def _explain(self, node: Node, reason: Reason) -> None:
        for no in range(node.span.first, node.span.last + 1):
            self._reasons.setdefault(no, reason)

    def _why_nothing(self, node: Node) -> Reason:
        if self._children[node.index]:
            return Reason.STRUCTURE
        if node.text.rstrip().endswith(":"):
            return Reason.EMPTY_LABEL
        if _QUESTION.search(node.text):
            return Reason.UNANSWERED
        if _NARRATIVE.match(node.text):
            return Reason.REMARK
        return Reason.NO_STATEMENT

    def _shares(self, node: Node) -> bool:
        return node.parent in self._attributes

    def _opens(self, node: Node) -> bool:
        """Return whether a node is the first thing said below its parent."""
        siblings = self._children[node.parent] if node.parent is not None else []
        return bool(siblings) and siblings[0].index == node.index

    def _split_name(self, node: Node, sentence: str) -> str:
        """Return "Name: rest" for a flattened table row that opens with a name the note knows."""
        if node.kind is not NodeKind.PARA or ":" in sentence:
            return sentence
        tokens = sentence.split(" ")
        for count in range(min(MAX_NAME_WORDS, len(tokens) - 2), 0, -1):
            if " ".join(tokens[:count]).lower() in self._names and tokens[count][:1].isupper():
                return f"{' '.join(tokens[:count])}: {' '.join(tokens[count:])}"
        return sentence

    def _section(self, node: Node) -> Iterator[Statement]:
        """A section whose title opens a list ("Triggers") is asked for as one."""
        kids = [kid for kid in self._children[node.index] if kid.kind is not NodeKind.SECTION]
        if self._noise[node.index] is None and len(kids) >= MIN_SECTION_ITEMS:
            base = self._base(node, self._subjects.above(node))
            found = list_statement(base, node, kids, self._children)
            if found is not None and node.index not in self._attributes:
                yield replace(found, topic=node.index, spans=found.spans[1:])

    def _base(self, node: Node, subject: SubjectRef) -> Statement:
        """Return the empty statement of a node, to be filled by the rule that reads it."""
        return Statement(
            node=node.index, topic=self._topics[node.index], parent=node.parent, subject=subject,
            relation=Relation.STATES, context="", label="", text="", items=(), quantities=(),
            spans=(node.span,), negative=False, certainty=node.certainty,
        )  # fmt: skip

    def _node(self, node: Node) -> Iterator[Statement]:
        base = self._base(node, self._subjects.above(node))
        kids = self._children[node.index]
        if node.kind is NodeKind.ROW:
            yield from (_finished(row) for row in _row(base, node))
            return
        if _QUESTION.search(node.text):
            yield from _answered(base, node, kids)
            return
        order = order_statement(base, node)
        if order is not None:
            yield order
            return
        listed = list_statement(base, node, kids, self._children) if kids else None
        if listed is not None:
            self._listed.update(kid.index for kid in kids if split_label(kid.text) is None)
            yield listed
        if node.index not in self._listed and not _is_bare_label(node.text, bool(kids)):
            yield from self._sentences(base, node)

    def _sentences(self, base: Statement, node: Node) -> Iterator[Statement]:
        for sentence in split_sentences(node.text.rstrip(": ")):
            if len(words(sentence)) > MAX_SENTENCE_WORDS or _NARRATIVE.match(sentence):
                continue
            found = (
                labelled(base, self._split_name(node, sentence), shared=self._shares(node))
                or (opening(base, sentence) if self._opens(node) else None)
                or said(base, sentence)
            )
            if found is not None and found.text:
                yield _finished(found)


def _known_names(nodes: Sequence[Node]) -> set[str]:
    """Return the short labels and titles of a note in lower case."""
    labels = [split_label(node.text) for node in nodes if node.kind is not NodeKind.SECTION]
    names = {parts[0].lower() for parts in labels if parts is not None}
    names |= {node.text.lower() for node in nodes if node.kind is NodeKind.SECTION}
    return {name for name in names if len(name.split()) <= MAX_NAME_WORDS}


def _shared_labels(nodes: Sequence[Node]) -> set[int | None]:
    """Return the parents whose children's labels are attributes: other parents repeat them."""
    holders: dict[str, set[int | None]] = defaultdict(set)
    labels: dict[int | None, list[str]] = defaultdict(list)
    for node in nodes:
        parts = split_label(node.text) if node.kind is NodeKind.ITEM else None
        if parts is not None:
            label = canonical(parts[0])
            holders[label].add(node.parent)
            labels[node.parent].append(label)
    return {
        parent
        for parent, found in labels.items()
        if len(found) > 1 and sum(len(holders[label]) > 1 for label in found) * 2 > len(found)
    }


def _is_bare_label(text: str, has_children: bool) -> bool:
    """Return whether a line only names what other lines say, or were to say, something of."""
    if has_children and text.rstrip().endswith(":") and not find_quantities(text):
        return True
    if leading_pronoun(text) is not None or split_label(text) is not None:
        return False
    if text.rstrip().endswith(":") and not has_children:
        return True
    return has_children and len(words(text)) <= MAX_NAME_WORDS and not own_subject(text)


def _finished(statement: Statement) -> Statement:
    return replace(
        statement,
        quantities=find_quantities(statement.text),
        negative=NEGATIVE.search(f"{statement.label} {statement.text}") is not None,
    )


def _row(base: Statement, node: Node) -> Iterator[Statement]:
    """A table's cell is the value of its column for the row's first cell."""
    subject = replace(base.subject, about=node.text)
    for column, value in node.cells:
        yield replace(
            base, subject=subject, relation=Relation.HAS_VALUE, context=node.text,
            label=column, text=value, certainty=0.9 * base.certainty,
        )  # fmt: skip


def _answered(base: Statement, node: Node, kids: Sequence[Node]) -> Iterator[Statement]:
    """A question answered on the lines below it is asked as it stands."""
    answer = "\n".join(kid.text for kid in kids)
    if kids and len(words(answer)) <= MAX_ANSWER_WORDS and len(words(node.text)) >= MIN_QUESTION:
        context = base.subject.about if len(words(node.text)) < CLEAR_QUESTION else ""
        yield _finished(
            replace(
                base,
                relation=Relation.ANSWERS,
                context=context,
                label=node.text,
                text=answer,
                spans=(node.span, *(kid.span for kid in kids)),
                certainty=0.7 * base.certainty,
            )
        )
