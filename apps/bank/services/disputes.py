"""Passages that do not agree, once a person has seen to them."""

from django.db import transaction

from apps.bank.models import Dispute


@transaction.atomic
def settle(*, dispute: Dispute) -> None:
    """Put a dispute away; doing so twice is harmless."""
    dispute.is_settled = True
    dispute.save(update_fields=["is_settled", "updated_at"])
