"""What learners say is wrong with a card, and its being seen to."""

from django.db import transaction

from apps.accounts.models import User
from apps.bank.errors import WrongStatus
from apps.bank.models import Card, Flag


@transaction.atomic
def flag(*, card: Card, author: User, reason: str, words: str = "") -> Flag:
    """Tell those who edit a card what is wrong with it; said again, it replaces what was said."""
    said, _ = Flag.objects.update_or_create(
        card=card, author=author, is_settled=False, defaults={"reason": reason, "words": words}
    )
    return said


@transaction.atomic
def settle(*, flag: Flag) -> None:
    """Put a flag away: somebody has seen to it."""
    if not Flag.objects.filter(pk=flag.pk, is_settled=False).update(is_settled=True):
        raise WrongStatus("Somebody has seen to this already.")
