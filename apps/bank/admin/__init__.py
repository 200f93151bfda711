"""Authoring of cards and questions."""

from apps.bank.admin.cards import CardAdmin
from apps.bank.admin.questions import QuestionAdmin

__all__ = ["CardAdmin", "QuestionAdmin"]
