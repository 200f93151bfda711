"""Puts a question's figures beside its form in the authoring pages."""

from django import template

from apps.bank.models import Item, Question
from apps.insights.item_analysis import ItemStatistics, item_statistics

register = template.Library()


@register.simple_tag
def statistics_of(item: Item | None) -> ItemStatistics | None:
    """The figures of a course's question; None for a card, or for what is not stored yet."""
    if not isinstance(item, Question) or item.owner_id is not None or not item.version:
        return None
    return item_statistics(item)


@register.simple_tag
def two_places(number: float | None) -> str:
    """A correlation as it is usually written; a dash where there is none."""
    return "–" if number is None else f"{number:.2f}".replace("-", "\N{MINUS SIGN}")
