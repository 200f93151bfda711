"""A card or question on its way through the lint, still with its place in the outline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from apps.extraction.documents import CardKind, ChoiceDraft, Fact, QuestionKind, Span, Statement
from apps.extraction.identity import digest, nearest_titles, skeleton

GAP = re.compile(r"\{\{c(?P<number>\d+)::(?P<hidden>.*?)\}\}", re.S)
"""A gap of a cloze, before it has a hint."""
DISPUTED = 0.6
"""What is left of the certainty where the note gives an attribute two values."""


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
    """What the card asks for: the meaning, the value, the parts its gaps play in the sentence."""
    rank: float = 0.0
    """How much the card is worth beside the others: form, certainty and salience."""
    alternatives: tuple["CardPlan", ...] = ()
    """Other cards for the same purpose, to be tried where this one does not pass."""


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
    rank: float = 0.0


def item_key(statement: Statement, role: str, wording: str = "") -> str:
    """Return the identity of an item: what it is about, the wording with numbers masked, its role.

    The kind is left out, so that a definition that can suddenly be asked both ways stays itself.
    """
    return digest(
        nearest_titles(statement.subject.path),
        skeleton(statement.context),
        statement.relation,
        skeleton(statement.label),
        skeleton(wording),
        role,
    )


def plan_card(
    place: int, fact: Fact, kind: CardKind, front: str, back: str, role: str, *,
    wording: str = "", items: tuple[str, ...] = (), factor: float = 1.0,
) -> CardPlan:  # fmt: skip
    """Return the plan of a card about the fact at `place`; `wording` is what tells it apart."""
    statement = fact.statement
    return CardPlan(
        base_key=item_key(statement, role, wording), fact=place, topic=statement.topic,
        path=statement.subject.path, kind=kind, front=front, back=back, items=items,
        spans=fact.spans, role=role,
        certainty=round(statement.certainty * factor * (DISPUTED if fact.disputed else 1.0), 3),
    )  # fmt: skip


def first_of(options: Iterable[CardPlan]) -> list[CardPlan]:
    """Return one plan with the other options as its alternatives; none if there are none."""
    found = list(options)
    return [replace(found[0], alternatives=tuple(found[1:]))] if found else []


def plan_question(
    place: int, fact: Fact, role: str, kind: QuestionKind, stem: str, *, wording: str = "",
    choices: tuple[ChoiceDraft, ...] = (), accepted: tuple[str, ...] = (), explanation: str = "",
    spans: tuple[Span, ...] = (),
) -> QuestionPlan:  # fmt: skip
    """Return the plan of a question about the fact at `place`."""
    statement = fact.statement
    return QuestionPlan(
        base_key=item_key(statement, f"question {role}", wording), fact=place,
        topic=statement.topic, path=statement.subject.path, kind=kind, stem=stem, choices=choices,
        accepted=accepted, explanation=explanation, spans=spans or fact.spans,
        certainty=round(0.9 * statement.certainty, 3),
    )  # fmt: skip


def full_text(fact: Fact) -> str:
    """Return what a fact says, with its label."""
    statement = fact.statement
    return f"{statement.label}: {statement.text}" if statement.label else statement.text
