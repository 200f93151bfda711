"""How the pages write shares."""

from django import template

register = template.Library()


@register.simple_tag
def percent(share: float) -> str:
    """A share of 0 to 1 in whole per cent; never a round 100 of what falls short of it."""
    if share < 1:
        return f"{min(round(share * 100), 99)} %"
    return "100 %"


@register.simple_tag
def points(share: float) -> str:
    """A small share of an exam in points of a hundred: 3.4 points, 0.02 points."""
    hundredths = share * 100
    if 0 < abs(hundredths) < 0.01:  # noqa: PLR2004 - what two decimals cannot show
        return "under 0.01 points"
    number = f"{hundredths:.1f}" if abs(hundredths) >= 1 else f"{hundredths:.2f}"
    return f"{number} points"
