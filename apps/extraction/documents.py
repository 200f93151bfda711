"""The values that pass between the stages of an extraction, each with the lines it came from."""

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


class SourceKind(StrEnum):
    """What a file says it is written in."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


class ShapeKind(StrEnum):
    """How a note shows its structure, which decides who rebuilds its outline."""

    MARKDOWN = "markdown"
    INDENTED = "indented"
    FLAT = "flat"
    MARKERS = "markers"


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


class CardKind(StrEnum):
    """The kind of a card draft: what stands on its two sides."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"
    LIST = "list"
    DEFINITION = "definition"
    STEPS = "steps"


class QuestionKind(StrEnum):
    """The kind of a question draft: how it is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    TYPED = "typed"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Lines `first` to `last` of a file, counted from 1, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded text of one file; its lines are `text.split("\\n")`."""

    name: str
    text: str
    kind: SourceKind = SourceKind.PLAIN


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


@dataclass(frozen=True, slots=True)
class Shape:
    """How a note shows its structure, with the measure of each shape (0 to 1)."""

    kind: ShapeKind
    scores: tuple[tuple[ShapeKind, float], ...]


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
    """A proposed question; `accepted` holds the answers of a typed one, `choices` the others'."""

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
