"""Reading notes in the background."""

from celery import shared_task
from django.utils import timezone

from apps.ingest.services.runs import run_ingest


@shared_task
def ingest_note(run_id: int) -> None:
    """Carry out one queued reading; a run that is no longer queued is left alone."""
    run_ingest(run_id=run_id, clock=timezone.now)
