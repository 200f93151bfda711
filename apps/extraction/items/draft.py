"""A card or question on its way through the lint, still with its place in the outline."""

from dataclasses import dataclass

from apps.extraction.documents import CardKind, ChoiceDraft, QuestionKind, Span


@dataclass(frozen=True, slots=True)
class CardPlan:
    """A card before it has passed the lint."""

    base_key: str
    fact: int
    topic: int | None
    path: tuple[str, ...]
    kind: CardKind
    front: str
    back: str
    items: tuple[str, ...]
    spans: tuple[Span, ...]
    certainty: float
    role: str = ""
    """The parts the gaps play in the sentence: number, name, tail."""
    alternatives: tuple["CardPlan", ...] = ()
    """Other cards for the same fact, to be tried where this one does not pass."""


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """A question before it has passed the lint."""

    base_key: str
    fact: int
    topic: int | None
    path: tuple[str, ...]
    kind: QuestionKind
    stem: str
    choices: tuple[ChoiceDraft, ...]
    accepted: tuple[str, ...]
    explanation: str
    spans: tuple[Span, ...]
    certainty: float
