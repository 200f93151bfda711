"""Carrying out a reading that was asked for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.common import jobs
from apps.common.errors import Conflict, DomainError
from apps.common.models import JobState
from apps.extraction.documents import Extraction, Stage
from apps.extraction.drafting import DrafterUnavailable, draft_extra
from apps.extraction.items import Budget
from apps.extraction.sources import Source
from apps.ingest.budgets import BUDGETS, Amount, extract_within
from apps.ingest.drafter import configured_drafter
from apps.ingest.models import IngestRun
from apps.ingest.services.apply import apply, count_lines
from apps.ingest.services.compare import compare, held_keys
from apps.ingest.services.reading import KINDS
from apps.notes.models import NoteVersion

log = structlog.get_logger(__name__)

# Extraction's stages fill this share of the bar; storing what came of it fills the rest.
SHARE_OF_EXTRACTION = 0.8
STORING = "store"

Report = Callable[[str, float], None]


def overall(stage: Stage, done: float) -> float:
    """The share of the whole run that is done when `done` of this stage is."""
    stages = list(Stage)
    return min(
        SHARE_OF_EXTRACTION * (stages.index(stage) + done) / len(stages), SHARE_OF_EXTRACTION
    )


def source_of(version: NoteVersion) -> Source:
    """The text of a version, as it was read from its file."""
    kind = next(kind for kind, stored in KINDS.items() if stored == version.kind)
    return Source(name=version.note.name, text=version.text, kind=kind, pages=tuple(version.pages))


def run_ingest(*, run_id: int, clock: Callable[[], datetime], report: Report | None = None) -> bool:
    """Carry out a queued run; False if it is not queued (somebody else has it, or it is over).

    Safe to repeat: a run that died half-way has changed nothing. `report` is told each stage
    and the share done, from 0 to 1.
    """
    if not jobs.claim(IngestRun, run_id, now=clock()):
        return False
    run = IngestRun.objects.select_related("version__note__exam", "version__note__topic").get(
        pk=run_id
    )

    def tell(stage: str, progress: float) -> None:
        jobs.beat(IngestRun, run_id, now=clock(), stage=stage, progress=progress)
        if report is not None:
            report(stage, progress)

    try:
        extraction = read_version(run.version, run.budget, tell)
        tell(STORING, SHARE_OF_EXTRACTION)
        finish(run, extraction, now=clock())
    except DomainError as error:
        jobs.fail(IngestRun, run_id, now=clock(), error=error.message)
    except Exception:
        log.exception("ingest run failed", run=run_id)
        jobs.fail(
            IngestRun,
            run_id,
            now=clock(),
            error="Something went wrong while reading this note. Nothing was changed; the "
            "note is kept. Please try again, and tell us if it happens twice.",
        )
        raise
    if report is not None:
        report(STORING, 1.0)
    return True


def read_version(version: NoteVersion, budget: Budget, tell: Report) -> Extraction:
    """Extract a stored text, telling each stage as a share of the whole run."""
    source = source_of(version)
    extraction = extract_within(
        source,
        budget=budget,
        held=held_keys(version.note),
        report=lambda stage, done: tell(str(stage), overall(stage, done)),
    )
    drafter = configured_drafter()
    if drafter is None:
        return extraction
    try:
        return draft_extra(extraction, source, drafter)
    except DrafterUnavailable as error:
        # The rules' own cards do not wait for anybody.
        log.warning("drafter unavailable", version=version.pk, reason=str(error))
        return extraction


@transaction.atomic
def finish(run: IngestRun, extraction: Extraction, *, now: datetime) -> None:
    """Store what was found and that the run is over, together or not at all.

    A run that wants a word first, and would change what is there, only stores its plan.
    """
    comparison = compare(run.version.note, extraction)
    outcome: dict[str, Any] = {}
    if run.review_first and comparison.touches_what_is_there:
        lines = {"topics": 0, "drafts": 0, "disputes": 0, "lines": count_lines(extraction)}
        outcome["counts"] = comparison.counts() | lines
        outcome["changes"] = comparison.plan()
    else:
        outcome["counts"] = apply(run, extraction, comparison)
        outcome["changes"] = comparison.changes()
        outcome["applied_at"] = now
    cards, questions = extraction.left_out
    outcome["counts"]["left_out"] = {"cards": cards, "questions": questions}
    IngestRun.objects.filter(pk=run.pk).update(
        state=JobState.SUCCEEDED, stage=STORING, progress=1, finished_at=now, **outcome
    )


@transaction.atomic
def confirm(*, run: IngestRun) -> None:
    """Let a run that has shown its plan carry it out; it is queued for that.

    Raises Conflict if it is not waiting, or if the note has a newer version by now.
    """
    newer = run.version.note.versions.filter(number__gt=run.version.number)
    if newer.exists():
        raise Conflict("This note has a newer version by now; look at the plan for that one.")
    waiting = IngestRun.objects.filter(
        pk=run.pk, state=JobState.SUCCEEDED, applied_at=None, review_first=True
    )
    if not waiting.update(state=JobState.QUEUED, review_first=False, tries=0, progress=0, stage=""):
        raise Conflict("There is nothing left to carry out here.")


@transaction.atomic
def read_the_rest(*, run: IngestRun, started_by: User | None) -> IngestRun:
    """Ask for another reading of the same text that no budget limits; asked twice, it is one.

    Raises Conflict if this one is not carried out, or if the note has a newer version by now.
    """
    if run.applied_at is None:
        raise Conflict("Wait until this reading is carried out; then ask for the rest.")
    if run.version.note.versions.filter(number__gt=run.version.number).exists():
        raise Conflict("This note has a newer version by now; look at the reading of that one.")
    # Two clicks at once wait here for each other.
    IngestRun.objects.select_for_update().get(pk=run.pk)
    everything = BUDGETS[Amount.EVERYTHING]
    wish = {
        "version": run.version,
        "cards_per_topic": everything.cards_per_topic,
        "questions_per_topic": everything.questions_per_topic,
    }
    asked = IngestRun.objects.filter(pk__gt=run.pk, **wish).first()
    return asked or IngestRun.objects.create(
        **wish, started_by=started_by, publish=run.publish, review_first=True
    )


@transaction.atomic
def retry(*, run: IngestRun) -> None:
    """Queue a failed run again."""
    IngestRun.objects.filter(pk=run.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED, error="", tries=0, progress=0, stage=""
    )
