"""Background work of the bank."""

from celery import shared_task
from django.utils import timezone

from apps.bank.services import media


@shared_task
def remove_unused_media() -> None:
    """Remove images that no version of a card shows."""
    media.remove_unused(now=timezone.now())
