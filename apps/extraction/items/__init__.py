"""From facts to drafts of cards and questions."""

from apps.extraction.items.cards import draft_cards
from apps.extraction.items.draft import CardPlan, QuestionPlan
from apps.extraction.items.hints import hinted
from apps.extraction.items.pools import Pools
from apps.extraction.items.questions import draft_questions
from apps.extraction.items.ranking import Budget, stressed_lines

__all__ = [
    "Budget",
    "CardPlan",
    "Pools",
    "QuestionPlan",
    "draft_cards",
    "draft_questions",
    "hinted",
    "stressed_lines",
]
