"""Background work of study."""

from celery import shared_task
from django.utils import timezone

from apps.study.services import plans


@shared_task
def plan_due_days() -> None:
    """Plan the day of every learner whose study day has begun."""
    plans.plan_due_days(now=timezone.now())
