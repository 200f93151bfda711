"""Writing decks in the background."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from apps.exchange import services


@shared_task
def build_export(export_id: str) -> None:
    """Write one queued package; an export that is no longer queued is left alone."""
    services.build_export(export_id=UUID(export_id), clock=timezone.now)
