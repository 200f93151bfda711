"""Background work of quizzes."""

from celery import shared_task
from django.utils import timezone

from apps.quizzes.services import marking


@shared_task
def close_expired_attempts() -> None:
    """Hand in every attempt whose time is up."""
    marking.close_expired(now=timezone.now())
