"""Writing many items at once, as reading a note or loading a course does."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.bank.models import Card, CardVersion, Choice, Question, QuestionVersion, Status
from apps.bank.prompts import prompts_of
from apps.bank.services.items import (
    ChoiceText,
    card_content,
    check_card,
    check_question,
    choice_rows,
    question_content,
)
from apps.notes.models import Passage

BATCH = 500


@transaction.atomic
def add_cards(
    cards: Sequence[Card], *, passages: Mapping[UUID, Sequence[Passage]], author: User | None
) -> None:
    """Store new cards with their first versions and the passages each cites, by card id.

    Raises DomainError, and stores nothing, if one of them cannot be asked.
    """
    for card in cards:
        check_card(card)
        card.version = 1
        card.prompt_count = len(prompts_of(card))
    Card.objects.bulk_create(cards, BATCH)
    CardVersion.objects.bulk_create(
        [
            CardVersion(card=card, number=1, content=card_content(card), author=author)
            for card in cards
        ],
        BATCH,
    )
    link = Card.passages.through
    link.objects.bulk_create(
        [
            link(card_id=card.pk, passage_id=passage.pk)
            for card in cards
            for passage in passages.get(card.pk, ())
        ],
        BATCH,
    )


@transaction.atomic
def add_questions(
    questions: Sequence[tuple[Question, Sequence[ChoiceText]]],
    *,
    passages: Mapping[UUID, Sequence[Passage]],
    author: User | None,
) -> None:
    """Store new questions with choices, first versions and passages, by question id.

    Raises Unpublishable, and stores nothing, if one of them cannot be scored.
    """
    rows: list[Choice] = []
    versions: list[QuestionVersion] = []
    for question, choices in questions:
        check_question(question, choices)
        question.version = 1
        rows += choice_rows(question, choices)
        content = question_content(question, choices)
        versions.append(
            QuestionVersion(question=question, number=1, content=content, author=author)
        )
    Question.objects.bulk_create([question for question, _ in questions], BATCH)
    Choice.objects.bulk_create(rows, BATCH)
    QuestionVersion.objects.bulk_create(versions, BATCH)
    link = Question.passages.through
    link.objects.bulk_create(
        [
            link(question_id=question.pk, passage_id=passage.pk)
            for question, _ in questions
            for passage in passages.get(question.pk, ())
        ],
        BATCH,
    )


@transaction.atomic
def retire_cards(*, cards: QuerySet[Card], now: datetime) -> int:
    """Take these cards from their learners; returns how many. Their reviews stay."""
    live = cards.exclude(status=Status.RETIRED).order_by().values_list("pk", flat=True)
    return Card.objects.filter(pk__in=list(live)).update(status=Status.RETIRED, updated_at=now)
