"""The values that pass between the stages of an extraction, each with the lines it came from."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """A stage of the pipeline, in the order they run."""

    READ = "read"
    OUTLINE = "outline"
    STATEMENTS = "statements"
    FACTS = "facts"
    ITEMS = "items"
    LINT = "lint"


class ShapeKind(StrEnum):
    """How a note shows its structure, which decides who rebuilds its outline."""

    MARKDOWN = "markdown"
    INDENTED = "indented"
    FLAT = "flat"
    MARKERS = "markers"
    WRAPPED = "wrapped"
    OUTLINE = "outline"


class BlockKind(StrEnum):
    """What a run of lines is before it has a place in the outline."""

    HEADING = "heading"
    ITEM = "item"
    PARA = "para"
    ROW = "row"
    CODE = "code"


class NodeKind(StrEnum):
    """What a node of the outline is."""

    SECTION = "section"
    ITEM = "item"
    PARA = "para"
    ROW = "row"
    CODE = "code"


class Role(StrEnum):
    """What became of a line."""

    TOPIC = "topic"
    LABEL = "label"
    ITEM = "item"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a line is not the source of any card or question."""

    STRUCTURE = "structure"
    CHROME = "chrome"
    CONTENTS = "contents"
    LINK = "link"
    CAPTION = "caption"
    ECHO = "echo"
    LONE_MARKER = "lone marker"
    RULE = "rule"
    CODE = "code"
    EXAMPLE = "example"
    ADVICE = "advice"
    REMARK = "remark"
    UNANSWERED = "unanswered"
    DAMAGED = "damaged"
    EMPTY_LABEL = "empty label"
    DUPLICATE = "duplicate"
    BUDGET = "over the budget"
    CONFLICT = "conflict"
    TOO_LONG = "too long"
    NO_SUBJECT = "no subject"
    NO_STATEMENT = "no statement"


class Relation(StrEnum):
    """How the value of a statement belongs to its subject."""

    IS_A = "is a"
    HAS_VALUE = "has value"
    HAS_PART = "has part"
    STEP = "step"
    EXPANDS = "expands"
    STATES = "states"
    ANSWERS = "answers"
    DONE_BY = "done by"
    """The label is a task, the text the command that does it."""
    HAPPENED = "happened"
    """The label is a date, the text what happened then."""
    LEADS_TO = "leads to"
    """The label is a cause or a condition, the text what follows from it."""


class CardKind(StrEnum):
    """The kind of a card draft: what stands on its two sides."""

    BASIC = "basic"
    CLOZE = "cloze"
    LIST = "list"
    DEFINITION = "definition"
    STEPS = "steps"
    COMPARISON = "comparison"
    ACRONYM = "acronym"


class QuestionKind(StrEnum):
    """The kind of a question draft: how it is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"
    TYPED = "typed"
    ORDER = "order"
    MATCH = "match"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Lines `first` to `last` of a file, counted from 1, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: as written (`raw`) and as read (`clean`: without marker, indent and damage)."""

    no: int
    raw: str
    clean: str
    indent: int
    marker: str
    ordinal: int | None
    gap: int
    """Blank lines right above."""
    loose: bool
    """Whether a blank line (or the end of the file) follows."""
    breaks: tuple[int, ...] = ()
    """Places in `clean` where each line after the first begins, once wraps are undone."""

    @property
    def span(self) -> Span:
        """The lines the text was written on."""
        return Span(self.no, self.no + len(self.breaks))


@dataclass(frozen=True, slots=True)
class Shape:
    """How a note shows its structure, with the measure of each shape (0 to 1)."""

    kind: ShapeKind
    scores: tuple[tuple[ShapeKind, float], ...]
    width: int = 0
    """Characters at which the note's lines were broken by hand, 0 where they were not."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: one item with its wrapped lines, a heading, a paragraph."""

    kind: BlockKind
    text: str
    span: Span
    indent: int = 0
    marker: str = ""
    ordinal: int | None = None
    gap: int = 0
    loose: bool = False
    level: int = 0
    """Depth of a heading, 1 the highest; 0 where the block is none or does not say."""
    breaks: tuple[int, ...] = ()
    """Places in `text` where the text of each line after the first begins."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the outline; `parent` is the index of a node before it, None at the top."""

    index: int
    kind: NodeKind
    text: str
    span: Span
    parent: int | None
    certainty: float = 1.0
    ordinal: int | None = None
    cells: tuple[tuple[str, str], ...] = ()
    """A table row's remaining cells: (column, value)."""
    noise: Reason | None = None
    """Why neither this node nor what hangs on it says anything to learn."""
    breaks: tuple[int, ...] = ()
    """Places in `text` where the text of each line after the first begins; () if unknown."""

    def lines_of(self, part: str, start: int = 0) -> Span:
        """Return the lines a part of the text stands on, or all where that is not known.

        `start` is the character from which the part is looked for.
        """
        start = self.text.find(part, start) if self.breaks else -1
        if start < 0:
            return self.span
        before = bisect_right(self.breaks, start)
        inside = bisect_left(self.breaks, start + len(part))
        return Span(self.span.first + before, self.span.first + inside)


@dataclass(frozen=True, slots=True)
class LineRecord:
    """What became of one non-blank line, and why if nothing."""

    line: int
    role: Role
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a note, and the lines that are no part of it."""

    nodes: tuple[Node, ...]
    skipped: tuple[LineRecord, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit inside a text; `base` is the number in the unit's base unit."""

    text: str
    start: int
    end: int
    number: float
    unit: str
    dimension: str
    base: float


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """What stands above a statement: the thing it is about, and the way there."""

    about: str
    """The nearest title or label above that names a thing."""
    chain: tuple[str, ...]
    """Labels between the topic and the statement, outermost first."""
    path: tuple[str, ...]
    """Titles of the topics above, outermost first."""
    qualifiers: tuple[str, ...] = ()
    """Conditions above: "By default", "If the cookie expires"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a note says: subject, relation, and the value somebody could be asked for."""

    node: int
    topic: int | None
    """Index of the section node it stands under."""
    parent: int | None
    subject: SubjectRef
    relation: Relation
    context: str
    """Shown before the text, so that the two together stand alone; may be empty."""
    label: str
    """The words that ask for the value: a term, an attribute, a list's opener; may be empty."""
    text: str
    """The value of a labelled statement, or the whole sentence."""
    items: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    spans: tuple[Span, ...]
    negative: bool
    certainty: float
    prose: bool = False
    """Whether it stands in a paragraph, whose sentences are long and name what they are about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements of a note, and why the other lines say nothing."""

    statements: tuple[Statement, ...]
    reasons: tuple[LineRecord, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Statements of one note that say the same thing; the first is the one shown."""

    statement: Statement
    spans: tuple[Span, ...]
    disputed: bool = False
    """Whether the note gives the same attribute another value elsewhere."""


class ConflictKind(StrEnum):
    """In what two facts contradict each other."""

    VALUE = "value"
    POLARITY = "polarity"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one note that cannot all be true, each with its text and the lines it stands on.

    `facts` are their places among the facts of the note; `texts` and `spans` go in that order.
    """

    kind: ConflictKind
    facts: tuple[int, ...]
    texts: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A proposed topic; `line` is the line of its heading, None if the note has none."""

    id: str
    parent: str | None
    title: str
    line: int | None
    certainty: float


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A proposed card.

    `key` is its identity across edits of the note: it depends on subject, relation and the
    wording around the masked value, never on line numbers or on the value itself. A cloze
    carries `{{c1::...}}` in `front`; a list's `items` joined by newlines are its `back`.
    """

    key: str
    topic: str
    kind: CardKind
    front: str
    back: str
    items: tuple[str, ...]
    spans: tuple[Span, ...]
    certainty: float


@dataclass(frozen=True, slots=True)
class ChoiceDraft:
    """One choice of a question, and why it is right or wrong."""

    text: str
    correct: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A proposed question.

    `accepted` holds the answers a typed or numeric one takes, and the items of an order in their
    right order. `choices` are the others': of a match each is a pair, a term and, as its `why`,
    the meaning that goes with it, all of them correct.
    """

    key: str
    topic: str
    kind: QuestionKind
    stem: str
    choices: tuple[ChoiceDraft, ...]
    accepted: tuple[str, ...]
    explanation: str
    spans: tuple[Span, ...]
    certainty: float


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was drawn from one file, with one record for each of its non-blank lines."""

    name: str
    line_count: int
    topics: tuple[TopicDraft, ...]
    cards: tuple[CardDraft, ...] = field(default=())
    questions: tuple[QuestionDraft, ...] = field(default=())
    records: tuple[LineRecord, ...] = field(default=())
    conflicts: tuple[Conflict, ...] = field(default=())
    left_out: tuple[int, int] = (0, 0)
    """Cards and questions that only the budget of their topic kept out."""
