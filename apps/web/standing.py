"""How well a learner knows a card, in one word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextChoices

from apps.bank.models import Card
from apps.bank.querysets import ItemQuerySet
from apps.study.models import Enrolment, Memory

# Who recalls something for three weeks is said to know it, as Anki's learners are used to.
KNOWN_DAYS = 21


class Standing(TextChoices):
    """The state of a card: that of its prompts together."""

    NEW = "new", "New"
    LEARNING = "learning", "Learning"
    KNOWN = "known", "Known"
    SUSPENDED = "suspended", "Suspended"


class Narrowing(TextChoices):
    """What a learner may look for among their cards."""

    NEW = "new", "New"
    LEARNING = "learning", "Learning"
    KNOWN = "known", "Known"
    DUE = "due", "Due today"
    LEECH = "leech", "Forgotten again and again"
    SUSPENDED = "suspended", "Suspended"


def standing_of(prompts: Iterable[tuple[float | None, bool]]) -> Standing:
    """The standing of a card whose prompts have these stabilities and may be suspended."""
    asked = [stability for stability, is_suspended in prompts if not is_suspended]
    if not asked:
        return Standing.SUSPENDED
    met = [stability for stability in asked if stability is not None]
    if not met:
        return Standing.NEW
    is_known = len(met) == len(asked) and min(met) >= KNOWN_DAYS
    return Standing.KNOWN if is_known else Standing.LEARNING


def standings(enrolment: Enrolment | None, cards: Iterable[UUID]) -> Mapping[UUID, Standing]:
    """The standing of each of these cards; new where the learner was never asked."""
    prompts: dict[UUID, list[tuple[float | None, bool]]] = defaultdict(list)
    if enrolment is not None:
        rows = Memory.objects.filter(enrolment=enrolment, card__in=cards)
        for card, stability, is_suspended in rows.values_list("card", "stability", "is_suspended"):
            prompts[card].append((stability, is_suspended))
    return {card: standing_of(prompts[card]) if card in prompts else Standing.NEW for card in cards}


def narrowed(
    cards: "ItemQuerySet[Card]", narrowing: str, enrolment: Enrolment, day: date
) -> "ItemQuerySet[Card]":
    """Those of the cards with a prompt in this state on the learner's day."""
    mine = Memory.objects.filter(enrolment=enrolment, card=OuterRef("pk"))
    asked = mine.filter(is_suspended=False)
    if narrowing == Narrowing.NEW:
        return cards.exclude(Exists(mine.filter(Q(is_suspended=True) | Q(stability__isnull=False))))
    if narrowing == Narrowing.SUSPENDED:
        return cards.filter(Exists(mine.filter(is_suspended=True)))
    if narrowing == Narrowing.DUE:
        return cards.filter(Exists(asked.filter(due_day__lte=day)))
    if narrowing == Narrowing.LEECH:
        return cards.filter(Exists(asked.filter(lapses__gte=enrolment.leech_lapses)))
    shaky = Q(stability__isnull=True) | Q(stability__lt=KNOWN_DAYS)
    met = cards.filter(Exists(asked.filter(stability__isnull=False)))
    if narrowing == Narrowing.KNOWN:
        return met.exclude(Exists(asked.filter(shaky)))
    return met.filter(Exists(asked.filter(shaky)))
