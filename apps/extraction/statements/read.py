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
from apps.extraction.lexicon import COPULAS, NEGATIVE, SPLITTERS, words
from apps.extraction.outline.tree import UNSURE
from apps.extraction.progress import Tell, unheard, watched
from apps.extraction.quantities import find_quantities
from apps.extraction.sentences import leading_pronoun, own_subject, split_label, split_sentences
from apps.extraction.statements.clauses import split_clauses
from apps.extraction.statements.labels import labelled, shared_labels
from apps.extraction.statements.laws import cited_law, without_law
from apps.extraction.statements.lists import list_statement, order_statement, series_statement
from apps.extraction.statements.simple import opening, said
from apps.extraction.statements.standing import is_made_up, points_away, standing
from apps.extraction.statements.subjects import Subjects
from apps.extraction.statements.thread import Introductions, Thread
from apps.extraction.titles import clean_title

MIN_QUESTION, CLEAR_QUESTION = 4, 8
"""Words of a question that asks something, and of one that needs no context."""
_EXAMPLE_TITLE = re.compile(r"^(?:an? )?(?:worked )?examples?\b|^sample\b|^case study\b", re.I)
_QUESTION = re.compile(r"\?\s*$")
_HERE = re.compile(r"\b(?:here|above|below|this|these|that one)\b", re.I)
_TASK = re.compile(r"^(?:to\s)?[A-Za-z]{2,}(?:[\s-]\S+)+:?$")
_ASKS = re.compile(r"^Q(?:uestion)?\s*\d*\s*[:.)]\s*", re.I)
_ANSWER = re.compile(r"^A(?:ns(?:wer)?)?\s*\d*\s*[:.)]\s*", re.I)
_ASKED = re.compile(
    r"^Q(?:uestion)?\s*\d*\s*[:.)]\s*(?P<question>[^?]{8,200}\?)\s+"
    r"A(?:ns(?:wer)?)?\s*\d*\s*[:.)]\s*(?P<answer>.+)$",
    re.I,
)
_NARRATIVE = re.compile(
    r"^(?:we (?!can|must|should|need|have)|let['’]?s|let us|our|say|suppose|imagine|"
    r"i(?=\s)|here|assume|assumption|"
    r"so|again|anyway|"
    r"somehow|basically|typically we|now|also we|therefore|this means|that means|which means|"
    r"means that|because|just|then|in other words)\b",
    re.I,
)
_UNENDED = re.compile(r"[\s,](?:and|or|but|while|whereas|because|so|then)[,\s]*$", re.I)
_POINTS_BACK = re.compile(r"^(?:[^,]{2,40}, )?such an? ", re.I)
"""Sentences about something that only the one before tells: "such a database is slow"."""
_LEAD = re.compile(
    r"^(?:(?:but|and|yet|still|also)\s+(?:also\s+)?(?=\w+\s)|"
    r"(?:meanwhile|moreover|furthermore|however|finally|in addition|later|afterwards),?\s+"
    r"(?-i:(?=[A-Z])))",
    re.I,
)
"""Words that only tie a clause to the one before it."""
_REMARK = re.compile(
    r"^(?:n\.?b\.?|note|notes|important|warning|caution|tip|hint|key (?:point|fact)|attention|"
    r"fun fact|remark|!*\s*(?:(?:common|typical|possible) )?(?:exam questions?|question exam|exam))"
    r"\s*[:!–—]\s*",
    re.I,
)
"""Openers that only say that something is worth knowing."""
_OPENERS = frozenset(
    words(
        "supports support requires require includes include contains contain uses allows allow "
        "provides provide needs has have offers offer covers following follows"
    )
)
"""Verbs whose object stands on the lines below."""
MAX_SENTENCE_WORDS = 45
MAX_ANSWER_WORDS = 30
MIN_SECTION_ITEMS = 3
MAX_NAME_WORDS = 4


def read_statements(outline: Outline, title: str, tell: Tell = unheard) -> Reading:
    """Return what an outline says; `title` names a note that has no heading of its own."""
    return _Reader(outline.nodes, title).read(tell)


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
        self._answers: set[int] = set()
        self._introduced = Introductions()
        self._attributes = shared_labels(nodes)
        self._names = _known_names(nodes)
        self._thread = Thread()
        self._last: Node | None = None
        for node in nodes:
            self._noise.append(self._noise_of(node))
            above = None if node.parent is None else self._topics[node.parent]
            self._topics.append(node.index if node.kind is NodeKind.SECTION else above)
            if node.parent is not None and self._noise[node.index] is None:
                self._children[node.parent].append(node)

    def _noise_of(self, node: Node) -> Reason | None:
        above = None if node.parent is None else self._noise[node.parent]
        made_up = node.text.rstrip().endswith(":") or node.kind is NodeKind.SECTION
        if made_up and is_made_up(node.text):
            return Reason.EXAMPLE
        if node.kind is NodeKind.SECTION and _EXAMPLE_TITLE.match(clean_title(node.text)):
            return Reason.EXAMPLE
        if node.kind is NodeKind.SECTION:
            return above if above is Reason.EXAMPLE else None
        if above is Reason.CAPTION:
            # A few words beside a drawing say nothing of what stands below them.
            above = None
        return node.noise or above

    def read(self, tell: Tell) -> Reading:
        statements: list[Statement] = []
        for node in watched(self._nodes, tell):
            noise = self._noise[node.index]
            if node.kind is NodeKind.SECTION:
                statements.extend(self._section(node))
            elif node.kind is NodeKind.CODE:
                self._explain(node, Reason.CODE)
            elif node.index in self._answers:
                continue
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
        if node.parent is None or self._children[node.parent][0].index != node.index:
            return False
        parent = self._nodes[node.parent]
        return parent.kind is NodeKind.SECTION or not (
            split_label(parent.text) or own_subject(parent.text) or leading_pronoun(parent.text)
        )

    def _ends_sentence(self, node: Node) -> bool:
        """Return whether a node is the second half of what the one right above it begins."""
        above = self._nodes[node.index - 1] if node.index else None
        if above is None or above.parent != node.parent or above.kind is NodeKind.SECTION:
            return False
        low = node.text[:1].islower()
        if _UNENDED.search(above.text) is not None:
            return low or leading_pronoun(node.text) is not None
        begun = own_subject(above.text) or leading_pronoun(above.text)
        return low and above.text.endswith(",") and bool(begun)

    def _split_name(self, node: Node, sentence: str) -> str:
        """Return "Name: rest" for a flattened table row that opens with a name the note knows."""
        if node.kind is not NodeKind.PARA or ":" in sentence or sentence.endswith("."):
            return sentence
        tokens = sentence.split(" ")
        for count in range(min(MAX_NAME_WORDS, len(tokens) - 2), 0, -1):
            if " ".join(tokens[:count]).lower() in self._names and tokens[count][:1].isupper():
                return f"{' '.join(tokens[:count])}: {' '.join(tokens[count:])}"
        return sentence

    def _section(self, node: Node) -> Iterator[Statement]:
        """A section whose title opens a list ("Triggers") is asked for as one."""
        kids = [kid for kid in self._children[node.index] if kid.kind is not NodeKind.SECTION]
        kids = [kid for kid in kids if kid.kind is NodeKind.ITEM] or kids
        if self._noise[node.index] is None and len(kids) >= MIN_SECTION_ITEMS:
            base = self._base(node, self._subjects.above(node))
            found = list_statement(base, node, kids, self._children)
            known = self._standing(found, node) if found is not None else None
            if known is not None and node.index not in self._attributes:
                yield replace(known, topic=node.index, spans=known.spans[1:])

    def _base(self, node: Node, subject: SubjectRef) -> Statement:
        """Return the empty statement of a node, to be filled by the rule that reads it."""
        return Statement(
            node=node.index, topic=self._topics[node.index], parent=node.parent, subject=subject,
            relation=Relation.STATES, context="", label="", text="", items=(), quantities=(),
            spans=(node.span,), negative=False, certainty=node.certainty,
            prose=node.kind is NodeKind.PARA,
        )  # fmt: skip

    def _node(self, node: Node) -> Iterator[Statement]:
        base = self._base(node, self._subjects.above(node))
        commands = [kid for kid in self._children[node.index] if kid.kind is NodeKind.CODE]
        if len(commands) == 1 and _TASK.search(node.text):
            yield _done(base, node, commands[0])
            return
        kids = self._children[node.index] or self._answers_of(node)
        if node.kind is NodeKind.ROW:
            yield from (_finished(row) for row in _row(base, node))
            return
        asked = _ASKED.match(node.text)
        if asked is not None:
            yield from _answered(base, asked["question"], [replace(node, text=asked["answer"])])
            return
        if _QUESTION.search(node.text):
            self._answers.update(kid.index for kid in kids if kid.parent == node.parent)
            yield from _answered(base, node.text, kids, node)
            return
        order = order_statement(base, node)
        if order is not None:
            yield from filter(None, (self._standing(order, node),))
            return
        listed = list_statement(base, node, kids, self._children) if kids else None
        if listed is not None:
            self._listed.update(
                kid.index
                for kid in kids
                if split_label(kid.text) is None and kid.span in listed.spans
            )
            yield from filter(None, (self._standing(listed, node),))
        said = not _is_bare_label(node.text, bool(kids)) and not self._ends_sentence(node)
        if node.index not in self._listed and said:
            yield from self._sentences(base, node)

    def _answers_of(self, node: Node) -> list[Node]:
        """Return the paragraph right below a question, or what is marked as its answer."""
        after = self._nodes[node.index + 1] if node.index + 1 < len(self._nodes) else None
        if after is None or not _QUESTION.search(node.text) or after.parent != node.parent:
            return []
        if self._noise[after.index] is not None or _QUESTION.search(after.text):
            return []
        paragraphs = node.kind is NodeKind.PARA and after.kind is NodeKind.PARA
        return [after] if _ANSWER.match(after.text) or paragraphs else []

    def _sentences(self, base: Statement, node: Node) -> Iterator[Statement]:
        thread = self._thread_of(node)
        opens = node.text.rstrip().endswith(":")
        place = 0
        for sentence in split_sentences(node.text.rstrip(": ")):
            spans = (node.lines_of(sentence, place),)
            place = max(place, node.text.find(sentence, place))
            for part in split_clauses(_REMARK.sub("", sentence)):
                clause = _LEAD.sub("", part)
                if len(words(clause)) > MAX_SENTENCE_WORDS or _NARRATIVE.match(clause):
                    continue
                if _POINTS_BACK.match(clause) or points_away(clause) or is_made_up(clause):
                    continue
                if opens and node.text.rstrip(": ").endswith(part) and _breaks_off(clause):
                    continue
                above = self._introduced.subject(node.parent, clause, base.subject)
                said_of = replace(base, subject=thread.subject(clause, above), spans=spans)
                thread.keep(clause)
                for found in self._clause(said_of, node, clause):
                    known = self._standing(found, node)
                    if known is not None:
                        yield _finished(known)

    def _standing(self, found: Statement, node: Node) -> Statement | None:
        return standing(found, placed=node.certainty > UNSURE)

    def _clause(self, base: Statement, node: Node, clause: str) -> Iterator[Statement]:
        """Yield what a clause says, and by which section of the law if it tells."""
        cited = cited_law(base, clause)
        if cited is not None:
            yield cited
            clause = without_law(clause)
        found = self._said(base, node, clause)
        if found is not None and found.text:
            yield found

    def _said(self, base: Statement, node: Node, clause: str) -> Statement | None:
        return (
            series_statement(base, clause)
            or labelled(base, self._split_name(node, clause), shared=self._shares(node))
            or (opening(base, clause) if self._opens(node) and node.ordinal is None else None)
            or said(base, clause)
        )

    def _thread_of(self, node: Node) -> Thread:
        """Return the thread of a paragraph, which goes on from the paragraph right above it."""
        last = self._last
        follows = (
            node.kind is NodeKind.PARA
            and last is not None
            and last.kind is NodeKind.PARA
            and last.parent == node.parent
        )
        if not follows:
            self._thread = Thread()
        self._thread.turn()
        self._last = node
        return self._thread


def _known_names(nodes: Sequence[Node]) -> set[str]:
    """Return the short labels and titles of a note in lower case."""
    labels = [split_label(node.text) for node in nodes if node.kind is not NodeKind.SECTION]
    names = {parts[0].lower() for parts in labels if parts is not None}
    names |= {node.text.lower() for node in nodes if node.kind is NodeKind.SECTION}
    return {name for name in names if len(name.split()) <= MAX_NAME_WORDS}


def _breaks_off(clause: str) -> bool:
    """Return whether a clause before a colon ends with a word that the lines below complete."""
    last = words(clause)[-1].lower() if words(clause) else ""
    return last in SPLITTERS | COPULAS | _OPENERS


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


def _done(base: Statement, task: Node, command: Node) -> Statement:
    """A task with the command that does it below it."""
    return replace(
        base, relation=Relation.DONE_BY, label=clean_title(task.text), text=command.text,
        context=base.subject.about if base.subject.path else "",
        spans=(task.span, command.span), certainty=0.8 * base.certainty,
    )  # fmt: skip


def _answered(
    base: Statement, text: str, kids: Sequence[Node], *nodes: Node
) -> Iterator[Statement]:
    """A question answered on the lines below it is asked as it stands."""
    question = _ASKS.sub("", text)
    answer = "\n".join(_ANSWER.sub("", kid.text) for kid in kids)
    if kids and len(words(answer)) <= MAX_ANSWER_WORDS and len(words(question)) >= MIN_QUESTION:
        open_ended = len(words(question)) < CLEAR_QUESTION or _HERE.search(question)
        context = base.subject.about if open_ended else ""
        yield _finished(
            replace(
                base,
                relation=Relation.ANSWERS,
                context=context,
                label=question,
                text=answer,
                spans=tuple(sorted({node.span for node in (*nodes, *kids)})),
                certainty=0.7 * base.certainty,
            )
        )
