"""Job rows: claiming them, reporting their progress, and finding those that were lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from apps.common.models import Job, JobState

# A worker that reports nothing for this long is taken to be dead.
SILENCE = timedelta(seconds=90)
# A queued row whose message did not lead to work within this time is announced again.
PATIENCE = timedelta(seconds=30)
MAX_TRIES = 3


@dataclass(frozen=True)
class JobKind:
    """A job model and how to tell a worker about one of its rows."""

    model: type[Job]
    enqueue: Callable[[Any], object]


KINDS: list[JobKind] = []


def register(model: type[Job], enqueue: Callable[[Any], object]) -> None:
    """Have the sweep look after `model`; called once from the app's `ready`."""
    KINDS.append(JobKind(model, enqueue))


def claim(model: type[Job], pk: Any, *, now: datetime) -> bool:
    """Take a queued job for this worker; False if somebody else has it or it is over."""
    return bool(
        model._default_manager.filter(pk=pk, state=JobState.QUEUED).update(
            state=JobState.RUNNING, heartbeat_at=now, tries=F("tries") + 1, error=""
        )
    )


def beat(model: type[Job], pk: Any, *, now: datetime, stage: str, progress: float) -> None:
    """Tell the person who waits how far the job is, and the sweep that it lives."""
    model._default_manager.filter(pk=pk, state=JobState.RUNNING).update(
        heartbeat_at=now, stage=stage, progress=progress
    )


def fail(model: type[Job], pk: Any, *, now: datetime, error: str) -> None:
    """End a job with words for the person who asked."""
    model._default_manager.filter(pk=pk).update(state=JobState.FAILED, error=error, finished_at=now)


def sweep(*, now: datetime, workers_restarted: bool = False) -> int:
    """Queue again what was lost: rows nobody announced, and rows whose worker died.

    `workers_restarted` says that no worker can be at work (the embedded process has just
    started), so every running row is lost. Returns how many rows were announced.
    """
    announced = 0
    for kind in KINDS:
        silent = Q(heartbeat_at__lt=now - SILENCE) | Q(heartbeat_at=None)
        running = kind.model._default_manager.filter(state=JobState.RUNNING)
        lost = running if workers_restarted else running.filter(silent)
        lost.filter(tries__gte=MAX_TRIES).update(
            state=JobState.FAILED,
            finished_at=now,
            error="The work stopped half-way three times. Nothing was changed; please try again.",
        )
        lost.filter(tries__lt=MAX_TRIES).update(state=JobState.QUEUED)
        waiting = kind.model._default_manager.filter(state=JobState.QUEUED)
        if not workers_restarted:
            waiting = waiting.filter(updated_at__lt=now - PATIENCE)
        for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
            transaction.on_commit(partial(kind.enqueue, pk))
            announced += 1
    return announced
