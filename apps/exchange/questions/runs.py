"""An import of questions from its request to its end: looked at first, then carried out."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.core.files import File
from django.db import transaction

from apps.accounts.models import User
from apps.common import jobs
from apps.common.errors import Conflict, DomainError
from apps.common.models import JobState
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.exchange.documents import Field, ReadFile
from apps.exchange.format_child import entry_from_json
from apps.exchange.models import QuestionImport, QuestionImportRow
from apps.exchange.questions.apply import apply_rows
from apps.exchange.questions.export import check_may_author
from apps.exchange.questions.plan import plan_rows
from apps.exchange.questions.reading import check_size, read_apart

log = structlog.get_logger(__name__)

READING, STORING = "read", "store"
SHARE_OF_READING = 0.5
LONGEST_NAME = 200
BATCH = 200
NO_TOPIC = ("Imported questions",)
CHANGED_SINCE = (
    "The questions here have changed since you looked. Nothing has been brought in yet: this is "
    "what would happen now."
)
BROKEN = (
    "Something went wrong while these questions were brought in. Nothing was changed. Please try "
    "again, and tell us if it happens twice."
)


@transaction.atomic
def request_question_import(
    *, user: User, exam: Exam, name: str, file: "File[Any]", topic: Topic | None = None
) -> QuestionImport:
    """Take in a file to be read; nothing changes before a second word.

    Earlier files of this person that still wait for theirs in this exam are let go. Raises
    NotAllowed, UnreadableQuestions.
    """
    check_may_author(exam, user)
    check_size(file.size)
    if topic is not None and (topic.exam_id != exam.pk or topic.owner_id is not None):
        raise DomainError("The topic belongs to another exam.")
    for waiting in QuestionImport.objects.filter(user=user, exam=exam, applied_at=None):
        if waiting.is_over:
            let_go_of_file(waiting)
            waiting.delete()
    run = QuestionImport(user=user, exam=exam, name=name[:LONGEST_NAME], topic=topic)
    run.file.save(f"{run.pk}.txt", file, save=False)
    run.save()
    return run


def run_question_import(*, run_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Read a queued file, or carry out what was confirmed; False if it is not queued.

    Safe to repeat: a run that died half-way has changed nothing.
    """
    if not jobs.claim(QuestionImport, run_id, now=clock()):
        return False
    run = QuestionImport.objects.select_related("user", "exam", "topic").get(pk=run_id)

    def tell(stage: str, progress: float) -> None:
        jobs.beat(QuestionImport, run_id, now=clock(), stage=stage, progress=progress)

    try:
        if run.is_confirmed:
            tell(STORING, SHARE_OF_READING)
            carry_out(run, now=clock())
        else:
            tell(READING, 0.0)
            with run.file.open("rb") as file:
                form, read = read_apart(run.name, file.read())
            tell(STORING, SHARE_OF_READING)
            show(run, form, read, now=clock())
    except DomainError as error:
        jobs.fail(QuestionImport, run_id, now=clock(), error=error.message)
    except Exception:
        log.exception("question import failed", run=str(run_id))
        jobs.fail(QuestionImport, run_id, now=clock(), error=BROKEN)
        raise
    finally:
        let_go_of_file(run)
    return True


@transaction.atomic
def show(run: QuestionImport, form: str, read: ReadFile, *, now: datetime) -> None:
    """Store what a file would do, and that it waits for a word."""
    check_may_author(run.exam, run.user)
    run.form, run.lacks = form, sorted(read.lacks)
    rows = plan_rows(
        exam=run.exam, entries=read.entries, lacks=read.lacks, default=default_topic(run)
    )
    store_rows(run, rows)
    finish(run, now=now)


@transaction.atomic
def carry_out(run: QuestionImport, *, now: datetime) -> None:
    """Write what was shown, if it is still what would happen; else show that instead."""
    check_may_author(run.exam, run.user)
    # Two imports at once would each miss what the other adds.
    Exam.objects.select_for_update().get(pk=run.exam_id)
    shown = list(run.rows.all())
    rows = plan_rows(
        exam=run.exam,
        entries=[entry_from_json(row.said) for row in shown],
        lacks=frozenset(map(Field, run.lacks)),
        default=default_topic(run),
    )
    if list(map(essence, rows)) == list(map(essence, shown)):
        apply_rows(rows, exam=run.exam, author=run.user)
        run.applied_at, run.notice = now, ""
    else:
        store_rows(run, rows)
        run.is_confirmed, run.notice = False, CHANGED_SINCE
    finish(run, now=now)


def essence(row: QuestionImportRow) -> tuple[object, ...]:
    """What a person has said yes to."""
    return row.fate, row.question, row.version, row.after


def default_topic(run: QuestionImport) -> tuple[str, ...]:
    """The titles of the topic for questions that name none."""
    if run.topic is None:
        return NO_TOPIC
    return TopicTree(Topic.objects.filter(exam=run.exam_id)).titles(run.topic.pk)


def store_rows(run: QuestionImport, rows: Sequence[QuestionImportRow]) -> None:
    run.rows.all().delete()
    for row in rows:
        row.run = run
    QuestionImportRow.objects.bulk_create(rows, BATCH)
    run.counts = Counter(str(row.fate) for row in rows)


def finish(run: QuestionImport, *, now: datetime) -> None:
    run.state = JobState.SUCCEEDED
    run.stage, run.progress, run.finished_at = STORING, 1, now
    run.save()


@transaction.atomic
def confirm(*, run: QuestionImport) -> None:
    """Let an import that has shown what it would do carry it out; it is queued for that.

    Raises Conflict if it is not waiting for that.
    """
    waiting = QuestionImport.objects.filter(
        pk=run.pk, state=JobState.SUCCEEDED, applied_at=None, is_confirmed=False
    )
    queued = {"state": JobState.QUEUED, "tries": 0, "progress": 0, "stage": ""}
    if not run.changes_anything or not waiting.update(is_confirmed=True, **queued):
        raise Conflict("There is nothing left to carry out here. Send the file again.")


def let_go_of_file(run: QuestionImport) -> None:
    """Delete a file that has been read; what it says is in the rows."""
    if run.file:
        run.file.delete(save=False)
        QuestionImport.objects.filter(pk=run.pk).update(file="")
