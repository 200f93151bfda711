"""The way of an item: draft → in review → published → retired."""

from django.db import transaction

from apps.bank.errors import WrongStatus
from apps.bank.models import Card, Item, Question, Status
from apps.bank.services.items import check_card, check_question, choices_of

NEXT = {
    Status.DRAFT: {Status.IN_REVIEW, Status.PUBLISHED, Status.RETIRED},
    Status.IN_REVIEW: {Status.DRAFT, Status.PUBLISHED, Status.RETIRED},
    Status.PUBLISHED: {Status.DRAFT, Status.RETIRED},
    Status.RETIRED: {Status.DRAFT, Status.PUBLISHED},
}


@transaction.atomic
def change_status(*, item: Item, status: Status) -> None:
    """Move an item along draft → in review → published → retired.

    Raises WrongStatus where the step does not exist, Unpublishable where the item is not fit.
    """
    if item.status == status:
        return
    if status not in NEXT[Status(item.status)]:
        raise WrongStatus(
            f"What is {item.get_status_display().lower()} cannot become {status.label.lower()}."
        )
    if status == Status.PUBLISHED:
        if isinstance(item, Question):
            check_question(item, choices_of(item))
        elif isinstance(item, Card):
            check_card(item)
    item.status = status
    item.is_orphan = False
    item.save(update_fields=["status", "is_orphan", "updated_at"])


def publish(*, item: Item) -> None:
    """Give an item to learners."""
    change_status(item=item, status=Status.PUBLISHED)


def retire(*, item: Item) -> None:
    """Take an item from learners; their reviews of it stay."""
    change_status(item=item, status=Status.RETIRED)


def reopen(*, item: Item) -> None:
    """Put an item back among the drafts."""
    change_status(item=item, status=Status.DRAFT)
