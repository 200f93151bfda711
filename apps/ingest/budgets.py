"""How many cards and questions of one topic a reading makes at most."""

from dataclasses import replace
from enum import StrEnum

from apps.common.errors import DomainError
from apps.extraction.documents import CardDraft, Extraction, QuestionDraft, Reason, Role
from apps.extraction.items import Budget
from apps.extraction.pipeline import Report, extract, silent
from apps.extraction.sources import Source

NORMAL = Budget()
# More than any topic of the largest note that is read holds.
MOST = 100_000


class Amount(StrEnum):
    """How much of a note somebody wants to be asked, in their words."""

    IMPORTANT = "important"
    NORMAL = "normal"
    EVERYTHING = "everything"


BUDGETS = {
    Amount.IMPORTANT: Budget(cards_per_topic=30, questions_per_topic=12),
    Amount.NORMAL: NORMAL,
    Amount.EVERYTHING: Budget(cards_per_topic=MOST, questions_per_topic=MOST),
}


def checked(budget: Budget) -> Budget:
    """The budget itself, or DomainError where its numbers make no sense."""
    if not 1 <= budget.cards_per_topic <= MOST:
        raise DomainError(f"Cards of a topic: choose a number from 1 to {MOST:,}.")
    if not 0 <= budget.questions_per_topic <= MOST:
        raise DomainError(f"Questions of a topic: choose a number from 0 to {MOST:,}.")
    return budget


def budget_of(cards: int | None, questions: int | None) -> Budget | None:
    """The budget of two numbers, each None where it is not chosen; None if neither is."""
    if cards is None and questions is None:
        return None
    return Budget(
        cards_per_topic=NORMAL.cards_per_topic if cards is None else cards,
        questions_per_topic=NORMAL.questions_per_topic if questions is None else questions,
    )


def extract_within(
    source: Source, *, budget: Budget, held: frozenset[str], report: Report = silent
) -> Extraction:
    """What a budget lets a note give, and what the note still says of the items `held` by key.

    A budget limits what is made; it takes nothing away that somebody studies already, even where
    newer lines of the topic rank higher.
    """
    extraction = extract(source, report=report, budget=budget)
    found = {item.key for item in items_of(extraction)}
    if not any(extraction.left_out) or held <= found:
        return extraction
    return with_held(extraction, extract(source, budget=BUDGETS[Amount.EVERYTHING]), held - found)


def items_of(extraction: Extraction) -> tuple[CardDraft | QuestionDraft, ...]:
    """The cards and questions of an extraction."""
    return (*extraction.cards, *extraction.questions)


def with_held(extraction: Extraction, whole: Extraction, missing: frozenset[str]) -> Extraction:
    """An extraction with those items of the whole note that are held and were left out."""
    cards = tuple(card for card in whole.cards if card.key in missing)
    questions = tuple(question for question in whole.questions if question.key in missing)
    spans = [span for drafts in (cards, questions) for item in drafts for span in item.spans]
    lines = {line for span in spans for line in range(span.first, span.last + 1)}
    return replace(
        extraction,
        topics=whole.topics,
        cards=(*extraction.cards, *cards),
        questions=(*extraction.questions, *questions),
        records=tuple(
            replace(record, role=Role.ITEM, reason=None)
            if record.reason is Reason.BUDGET and record.line in lines
            else record
            for record in extraction.records
        ),
        left_out=(
            max(extraction.left_out[0] - len(cards), 0),
            max(extraction.left_out[1] - len(questions), 0),
        ),
    )
