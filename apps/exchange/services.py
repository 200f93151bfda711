"""How a deck leaves: asked for, built in the background, fetched."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction

from apps.accounts.models import User
from apps.common import jobs
from apps.common.errors import Conflict, DomainError, NotAllowed
from apps.common.models import JobState
from apps.courses.models import Exam
from apps.exchange.anki.export import write_deck, write_update
from apps.exchange.anki.gathering import Deck
from apps.exchange.anki.ledger import Ledger, forget_older
from apps.exchange.models import Export
from apps.study.models import Enrolment

log = structlog.get_logger(__name__)

READ_AT_ONCE = 1 << 16
# The share of the work that is done once everything is written.
WRITTEN = 0.95


@transaction.atomic
def request_export(
    *,
    user: User,
    exam: Exam,
    with_progress: bool = False,
    as_text: bool = False,
    with_questions: bool = False,
) -> Export:
    """Ask for a file of the exam as this person studies it."""
    if not Exam.objects.visible_to(user).filter(pk=exam.pk).exists():
        raise NotAllowed("Join this exam before you export it.")
    if as_text and with_progress:
        raise DomainError("A text update cannot carry progress: ask for one or the other.")
    if as_text and Export.objects.last_download(user, exam) is None:
        raise Conflict("Download the deck itself first: a text update brings only what changed.")
    return Export.objects.create(
        user=user,
        exam=exam,
        with_progress=with_progress,
        as_text=as_text,
        with_questions=with_questions,
    )


def build_export(*, export_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Write the file of a queued export; False if it is not queued. Safe to repeat."""
    if not jobs.claim(Export, export_id, now=clock()):
        return False
    export = Export.objects.select_related("user", "exam").get(pk=export_id)
    try:
        with TemporaryFile() as file:
            write(export, file, clock=clock)
            store(export, file, now=clock())
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


def write(export: Export, out: BinaryIO, *, clock: Callable[[], datetime]) -> None:
    """Write the file, and note in the export what it holds."""

    def report(share: float) -> None:
        done = share * WRITTEN
        jobs.beat(Export, export.pk, now=clock(), stage="write", progress=done)

    # A worker that died may have left the entries of its half.
    export.entries.all().delete()
    progress = None
    if export.with_progress:
        mine = Enrolment.objects.filter(user=export.user, exam=export.exam)
        progress = mine.select_related("user", "exam").first()
    now = clock()
    ledger = Ledger(export, now=now)
    deck = Deck(
        exam=export.exam,
        now=now,
        learner=export.user,
        with_questions=export.with_questions,
        progress=progress,
        ledger=ledger,
        report=report,
    )
    written = write_update(out, deck) if export.as_text else write_deck(out, deck)
    export.note_count = written.notes
    export.changes = ledger.counts


def digest_of(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(READ_AT_ONCE):
        digest.update(block)
    return digest.hexdigest()


@transaction.atomic
def store(export: Export, file: BinaryIO, *, now: datetime) -> None:
    """Keep the finished file, and let go of the person's older ones of the same kind."""
    file.seek(0)
    export.sha256 = digest_of(file)
    export.file.save(f"{export.pk}{export.file_suffix}", File(file), save=False)
    export.state = JobState.SUCCEEDED
    export.stage = "done"
    export.progress = 1
    export.finished_at = now
    export.save()
    older = Export.objects.filter(user=export.user, exam=export.exam).exclude(pk=export.pk)
    alike = older.filter(with_progress=export.with_progress, as_text=export.as_text)
    for stale in alike.exclude(file=""):
        stale.file.delete(save=False)
        stale.save(update_fields=["file", "updated_at"])
    forget_older(export)


def mark_downloaded(*, export: Export, now: datetime) -> None:
    """Note that the person has the file: the next one is compared with it."""
    Export.objects.filter(pk=export.pk, downloaded_at=None).update(downloaded_at=now)
