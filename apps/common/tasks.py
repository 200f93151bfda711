"""Background work that belongs to no single app."""

from celery import shared_task
from django.utils import timezone

from apps.common import jobs


@shared_task
def sweep_jobs() -> None:
    """Announce again every job whose message or worker was lost."""
    jobs.sweep(now=timezone.now())
