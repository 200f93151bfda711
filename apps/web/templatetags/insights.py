"""How the pages write chances, amounts and times of study."""

from django import template

register = template.Library()

SURE, UNSURE = 0.99, 0.01
MINUTE, HOUR = 60, 3600


@register.simple_tag
def chance(share: float) -> str:
    """A chance in steps of five per cent: the evidence behind it bears no more."""
    if share > SURE:
        return "over 99 %"
    if share < UNSURE:
        return "under 1 %"
    return f"about {min(max(round(share * 20) * 5, 1), 99)} %"


@register.simple_tag
def duration(seconds: float) -> str:
    """A time as people say it: 40 s, 12 min, 3 h 5 min."""
    if seconds < MINUTE:
        return f"{round(seconds)} s"
    minutes = round(seconds / MINUTE)
    if seconds < HOUR:
        return f"{minutes} min"
    return f"{minutes // 60:,} h {minutes % 60} min"


@register.simple_tag
def amount(count: int, noun: str) -> str:
    """A number of things: 1 day, 1,200 days."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@register.simple_tag
def hundredths(share: float) -> float:
    """A share of 0 to 1 as a length out of 100."""
    return round(share * 100, 1)
