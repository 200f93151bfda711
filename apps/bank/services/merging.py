"""Cards that ask nearly the same: finding them, and letting one stand for both."""

from collections.abc import Collection

from django.db import transaction
from rapidfuzz import fuzz, process

from apps.accounts.models import User
from apps.bank.errors import WrongStatus
from apps.bank.models import Card, Status
from apps.bank.querysets import ItemQuerySet
from apps.bank.services.workflow import change_status, retire
from apps.common.errors import DomainError

MOST_SHOWN = 5
# Below this two cards share a few words and no more.
ALIKE = 60


def words_of(front: str, back: str, items: Collection[str]) -> str:
    return " ".join((front, back, *items)).casefold()


def alike(*, card: Card, user: User) -> list[Card]:
    """The cards most like this one that it could be merged into, the nearest first."""
    others = mergeable(card, user).order_by().values_list("pk", "front", "back", "items")
    words = {pk: words_of(front, back, items) for pk, front, back, items in others}
    own = words_of(card.front, card.back, card.items)
    found = process.extract(
        own, words, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=MOST_SHOWN
    )
    nearest = [pk for _, _, pk in found]
    cards = Card.objects.with_sources().in_bulk(nearest)
    return [cards[pk] for pk in nearest]


def mergeable(card: Card, user: User) -> "ItemQuerySet[Card]":
    """Cards of the same exam and owner that are asked or may come to be."""
    mine = Card.objects.editable_by(user).filter(exam=card.exam_id, owner=card.owner_id)
    return mine.exclude(pk=card.pk).exclude(status=Status.RETIRED)


@transaction.atomic
def merge(*, card: Card, into: Card) -> list[int]:
    """Retire a draft for which another card stands, and give that one its sources.

    Returns the passages the other card did not cite before, by which `separate` undoes it.
    """
    if card.pk == into.pk or (card.exam_id, card.owner_id) != (into.exam_id, into.owner_id):
        raise DomainError("A card is merged into another one of the same exam and owner.")
    if card.status != Status.DRAFT:
        raise WrongStatus("Only drafts are merged: what is asked has a history of its own.")
    cited = set(into.passages.values_list("pk", flat=True))
    added = [pk for pk in card.passages.values_list("pk", flat=True) if pk not in cited]
    into.passages.add(*added)
    retire(item=card)
    return added


@transaction.atomic
def separate(*, card: Card, into: Card, passages: Collection[int]) -> None:
    """Undo a merge: the card is a draft again, the other one loses the sources it was given."""
    into.passages.remove(*card.passages.filter(pk__in=passages))
    change_status(item=card, status=Status.DRAFT)
