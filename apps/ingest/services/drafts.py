"""From extraction's drafts to the bank's words."""

from typing import Any

from apps.bank.models import LISTED, Card, Question
from apps.bank.services.items import ChoiceText, card_content, question_content
from apps.extraction.documents import CardDraft, QuestionDraft


def write_card(card: Card, draft: CardDraft) -> Card:
    """Put a draft's words into a card."""
    card.kind = str(draft.kind)
    card.front = draft.front
    card.items = list(draft.items)
    card.back = "" if card.kind in LISTED else draft.back
    card.certainty = draft.certainty
    return card


def write_question(question: Question, draft: QuestionDraft) -> Question:
    """Put a draft's words into a question; its choices are stored beside it."""
    question.kind = str(draft.kind)
    question.stem = draft.stem
    question.accepted = list(draft.accepted)
    question.explanation = draft.explanation
    question.certainty = draft.certainty
    return question


def choices_of_draft(draft: QuestionDraft) -> list[ChoiceText]:
    return [ChoiceText(choice.text, choice.correct, choice.why) for choice in draft.choices]


def words_of_card(draft: CardDraft) -> dict[str, Any]:
    """What the draft's first version would remember."""
    return card_content(write_card(Card(), draft))


def words_of_question(draft: QuestionDraft) -> dict[str, Any]:
    """What the draft's first version would remember."""
    return question_content(write_question(Question(), draft), choices_of_draft(draft))
