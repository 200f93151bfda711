"""How a deck comes in: asked for, read and shown, then carried out whole or not at all."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction

from apps.accounts.models import User
from apps.common import jobs
from apps.common.errors import Conflict, DomainError, NotAllowed
from apps.common.models import JobState
from apps.courses.models import Exam
from apps.exchange.anki.importing.apply import apply_plan
from apps.exchange.anki.importing.plan import plan_import
from apps.exchange.anki.importing.reading import LARGEST_PACKAGE, UnreadableDeck, read_apart
from apps.exchange.anki.importing.report import Report
from apps.exchange.anki.package.reader_contents import ReadPackage
from apps.exchange.models import ImportRun
from apps.study.models import Enrolment
from apps.study.services.enrolments import enrol

log = structlog.get_logger(__name__)

LONGEST_NAME = 200
READING, STORING = "read", "store"
SHARE_OF_READING = 0.3


def preview(*, package: ReadPackage, exam: Exam, learner: User) -> Report:
    """What an import would do. Writes nothing; raises NotAllowed where the exam is not theirs."""
    check_allowed(exam, learner)
    enrolment = Enrolment.objects.filter(user=learner, exam=exam).first()
    plan = plan_import(package=package, exam=exam, learner=learner, enrolment=enrolment)
    return plan.report


@transaction.atomic
def carry_out(*, package: ReadPackage, exam: Exam, learner: User, now: datetime) -> Report:
    """Bring a package in: all of it, or nothing where something fails.

    Doing it twice is the same as doing it once.
    """
    check_allowed(exam, learner)
    enrolled = enrol(user=learner, exam=exam, now=now)
    # Two imports at once would each miss what the other adds.
    enrolment = (
        Enrolment.objects.select_related("user", "exam")
        .select_for_update(of=("self",))
        .get(pk=enrolled.pk)
    )
    plan = plan_import(package=package, exam=exam, learner=learner, enrolment=enrolment)
    apply_plan(plan, enrolment=enrolment, now=now)
    return plan.report


def check_allowed(exam: Exam, learner: User) -> None:
    if not Exam.objects.visible_to(learner).filter(pk=exam.pk).exists():
        raise NotAllowed("Join this exam before you import a deck into it.")


@transaction.atomic
def request_import(
    *, user: User, exam: Exam, name: str, file: "File[Any]", review_first: bool
) -> ImportRun:
    """Take in a package to be read; with `review_first` nothing changes before a second word.

    Packages of this person that still wait for their word in this exam are let go. Raises
    NotAllowed, UnreadableDeck.
    """
    check_allowed(exam, user)
    if file.size > LARGEST_PACKAGE:
        most = LARGEST_PACKAGE // 1024**2
        raise UnreadableDeck(
            f"This file is larger than {most} MB. Export it from Anki without media, or deck by "
            "deck.",
            code="too_large",
        )
    for waiting in ImportRun.objects.filter(user=user, exam=exam, applied_at=None):
        if waiting.is_over:
            let_go_of_file(waiting)
    run = ImportRun(user=user, exam=exam, name=name[:LONGEST_NAME], review_first=review_first)
    run.file.save(f"{run.pk}.apkg", file, save=False)
    run.save()
    return run


def run_import(*, run_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Read a queued package and show or carry out what it brings; False if it is not queued.

    Safe to repeat: a run that died half-way has changed nothing. A package that is refused is
    not kept.
    """
    if not jobs.claim(ImportRun, run_id, now=clock()):
        return False
    run = ImportRun.objects.select_related("user", "exam").get(pk=run_id)

    def tell(stage: str, progress: float) -> None:
        jobs.beat(ImportRun, run_id, now=clock(), stage=stage, progress=progress)

    try:
        tell(READING, 0.0)
        with read_apart(Path(run.file.path)) as package:
            tell(STORING, SHARE_OF_READING)
            finish(run, package, now=clock())
    except DomainError as error:
        jobs.fail(ImportRun, run_id, now=clock(), error=error.message)
        let_go_of_file(run)
    except Exception:
        log.exception("import failed", run=str(run_id))
        jobs.fail(
            ImportRun,
            run_id,
            now=clock(),
            error="Something went wrong while this deck was brought in. Nothing was changed. "
            "Please try again, and tell us if it happens twice.",
        )
        let_go_of_file(run)
        raise
    return True


@transaction.atomic
def finish(run: ImportRun, package: ReadPackage, *, now: datetime) -> None:
    """Store what came of a package and that the run is over, together or not at all."""
    if run.review_first:
        report = preview(package=package, exam=run.exam, learner=run.user)
    else:
        report = carry_out(package=package, exam=run.exam, learner=run.user, now=now)
    run.state = JobState.SUCCEEDED
    run.stage, run.progress = STORING, 1
    run.finished_at = now
    run.applied_at = None if run.review_first else now
    run.report = report.to_json()
    run.save()
    if run.applied_at or report.changes_nothing:
        transaction.on_commit(lambda: let_go_of_file(run))


@transaction.atomic
def confirm(*, run: ImportRun) -> None:
    """Let a run that has shown what it would do carry it out; it is queued for that.

    Raises Conflict if it is not waiting for that.
    """
    waiting = ImportRun.objects.filter(
        pk=run.pk, state=JobState.SUCCEEDED, applied_at=None, review_first=True
    ).exclude(file="")
    if not waiting.update(state=JobState.QUEUED, review_first=False, tries=0, progress=0, stage=""):
        raise Conflict("There is nothing left to carry out here. Send the package again.")


def let_go_of_file(run: ImportRun) -> None:
    """Delete a package that is no longer needed; what came of it is in the report."""
    if run.file:
        run.file.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="")
