"""Background work that belongs to no single app."""

from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import transaction
from django.utils import timezone

from apps.common import jobs


def after_commit(task: Task[..., Any], *arguments: Any) -> None:
    """Send a task once the present transaction is committed, and never if it is not.

    A worker could otherwise look for rows that are not there yet.
    """
    transaction.on_commit(partial(task.delay, *arguments))


@shared_task
def sweep_jobs() -> None:
    """Announce again every job whose message or worker was lost."""
    jobs.sweep(now=timezone.now())
