"""How a deck leaves: asked for, built in the background, fetched."""

import io
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.core.files.base import ContentFile
from django.db import transaction

from apps.accounts.models import User
from apps.common import jobs
from apps.common.errors import NotAllowed
from apps.common.models import JobState
from apps.courses.models import Exam
from apps.exchange.anki.export import gather_deck, write_deck
from apps.exchange.models import Export

log = structlog.get_logger(__name__)


@transaction.atomic
def request_export(*, user: User, exam: Exam, with_progress: bool) -> Export:
    """Ask for a package of the exam as this person studies it."""
    if not Exam.objects.visible_to(user).filter(pk=exam.pk).exists():
        raise NotAllowed("Join this exam before you export it.")
    return Export.objects.create(user=user, exam=exam, with_progress=with_progress)


def build_export(*, export_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Write the package of a queued export; False if it is not queued. Safe to repeat."""
    if not jobs.claim(Export, export_id, now=clock()):
        return False
    export = Export.objects.select_related("user", "exam").get(pk=export_id)
    try:
        jobs.beat(Export, export_id, now=clock(), stage="gather", progress=0.1)
        deck = gather_deck(
            exam=export.exam,
            learner=export.user,
            with_progress=export.with_progress,
            now=clock(),
        )
        jobs.beat(Export, export_id, now=clock(), stage="write", progress=0.5)
        package = io.BytesIO()
        write_deck(package, deck)
        store(export, package.getvalue(), len(deck.notes), now=clock())
    except Exception:
        log.exception("export failed", export=str(export_id))
        jobs.fail(
            Export,
            export_id,
            now=clock(),
            error="The deck could not be written. Please try again.",
        )
        raise
    return True


def store(export: Export, package: bytes, note_count: int, *, now: datetime) -> None:
    """Keep the finished package, and let go of the person's older ones of the same kind."""
    export.file.save(f"{export.pk}.apkg", ContentFile(package), save=False)
    export.state = JobState.SUCCEEDED
    export.stage = "done"
    export.progress = 1
    export.note_count = note_count
    export.finished_at = now
    export.save()
    older = Export.objects.filter(
        user=export.user, exam=export.exam, with_progress=export.with_progress
    ).exclude(pk=export.pk)
    for stale in older.exclude(file=""):
        stale.file.delete(save=False)
        stale.delete()
