"""From facts to drafts of cards and questions."""

from apps.extraction.items.cards import draft_cards
from apps.extraction.items.draft import CardPlan, QuestionPlan
from apps.extraction.items.questions import draft_questions

__all__ = ["CardPlan", "QuestionPlan", "draft_cards", "draft_questions"]
