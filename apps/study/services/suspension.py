"""Prompts a learner does not want to be asked, without losing what is known of them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from apps.study.models import Enrolment, Memory

BATCH = 2_000

Prompt = tuple[UUID, int]


def suspended_prompts(*, enrolment: Enrolment) -> set[Prompt]:
    """The prompts of an enrolment that are not asked, as card and ordinal."""
    held = Memory.objects.filter(enrolment=enrolment, is_suspended=True)
    return set(held.values_list("card_id", "ordinal"))


def suspend(*, enrolment: Enrolment, prompts: Iterable[Prompt]) -> int:
    """Ask these prompts no more; returns how many there were to suspend."""
    return mark(enrolment, prompts, is_suspended=True)


def resume(*, enrolment: Enrolment, prompts: Iterable[Prompt]) -> int:
    """Ask these prompts again, from where their memory stands; returns how many."""
    return mark(enrolment, prompts, is_suspended=False)


@transaction.atomic
def mark(enrolment: Enrolment, prompts: Iterable[Prompt], *, is_suspended: bool) -> int:
    by_ordinal: dict[int, list[UUID]] = defaultdict(list)
    for card, ordinal in prompts:
        by_ordinal[ordinal].append(card)
    changed = 0
    for ordinal, cards in by_ordinal.items():
        for start in range(0, len(cards), BATCH):
            rows = Memory.objects.filter(
                enrolment=enrolment, ordinal=ordinal, card__in=cards[start : start + BATCH]
            )
            changed += rows.exclude(is_suspended=is_suspended).update(is_suspended=is_suspended)
    return changed
