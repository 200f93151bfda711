"""What goes into an Anki package: notes, their progress and history, a preset."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class NoteKind(StrEnum):
    """How a note asks; each kind has its own frozen notetype."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"
    LIST = "list"
    TYPED = "typed"
    CHOICE = "choice"


class StudyState(StrEnum):
    """Where one prompt stands in its learner's memory."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"


class ReviewKind(StrEnum):
    """In which phase a review was answered."""

    LEARN = "learn"
    REVIEW = "review"
    RELEARN = "relearn"


class UnwritableNoteError(ValueError):
    """A note that Anki would refuse or would import without a single card."""

    def __init__(self, card_id: UUID, reason: str) -> None:
        super().__init__(f"Card {card_id} cannot be written to an Anki package: {reason}.")
        self.card_id = card_id
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RevlogEntry:
    """One answer: rating 1 (again) to 4 (easy), `difficulty` as it stood afterwards (1 to 10)."""

    reviewed_at: datetime
    rating: int
    interval_days: int
    last_interval_days: int
    difficulty: float
    duration_ms: int
    kind: ReviewKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One learner's state on one prompt, and the answers that led there, the oldest first.

    `due_day` is the learner's local date, `stability` is in days, `difficulty` runs from 1 to 10,
    `decay` is FSRS-6's w20 (positive). A review without a `due_day` is due today.
    """

    state: StudyState
    due_day: date | None = None
    stability: float | None = None
    difficulty: float | None = None
    desired_retention: float = 0.9
    decay: float = 0.1542
    reps: int = 0
    lapses: int = 0
    interval_days: int = 0
    last_review: datetime | None = None
    suspended: bool = False
    answers: tuple[RevlogEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a multiple-choice note offers; `why` speaks for or against it."""

    text: str
    is_correct: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class NoteImage:
    """An image on a side of a note, known by its content; `alt` says it in words."""

    sha256: str
    suffix: str
    alt: str
    is_on_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckNote:
    """One card or question of the bank: its text is plain and is shown in Anki as it was typed.

    `front` of a cloze holds `{{c1::...}}` deletions and its `back` is an extra line; a list asks
    with `front` and answers with `items`, its `back` is not used; a typed note is answered with
    `back`, or with one of `items`; only a multiple choice has `choices`. `path` is the topic path,
    shown above the question and mirrored as a tag; a `notice` stands above that. `apart` is not
    shown: it tells the note from others that ask the same, where Anki lists them. `subdeck` is the
    path of decks below the package's own; it should never change for a card, because an import
    never moves cards. `images` are those of cards, not of questions. `modified` is when the
    exported content last changed: Anki takes an edit only if it is newer. `prompts` holds the
    progress of ordinal n at index n; None, or a missing entry, is a new card.
    """

    card_id: UUID
    kind: NoteKind
    front: str
    modified: datetime
    position: int
    back: str = ""
    items: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    images: tuple[NoteImage, ...] = ()
    explanation: str = ""
    source: str = ""
    source_url: str = ""
    path: tuple[str, ...] = ()
    notice: str = ""
    apart: str = ""
    subdeck: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    prompts: tuple[Progress | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Deck options that travel with the learner's own progress: 21 FSRS-6 weights and limits.

    Anki adds a preset once per `preset_id` and never updates it.
    """

    preset_id: UUID
    name: str
    parameters: tuple[float, ...]
    desired_retention: float
    new_per_day: int = 20
    reviews_per_day: int = 200
