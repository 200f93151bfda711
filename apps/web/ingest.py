"""Giving a note, watching it being read, and looking over what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.bank.models import Card, Dispute, Item, Question, Status
from apps.bank.services import drafts, workflow
from apps.common.errors import DomainError
from apps.common.tasks import after_commit
from apps.courses.models import Exam, Topic, Visibility
from apps.extraction.documents import Stage
from apps.ingest.models import IngestRun
from apps.ingest.plan import Change
from apps.ingest.services.runs import STORING, confirm, read_the_rest, retry
from apps.ingest.services.submit import submit_note
from apps.ingest.tasks import ingest_note
from apps.notes.models import Note
from apps.web.disputes import offers_for
from apps.web.fates import skipped_lines
from apps.web.forms import NoteForm
from apps.web.requests import SignedIn

FIRST_CARDS = 20
MOST_DRAFTS = 50
STAGES = {
    Stage.READ: "Reading the lines",
    Stage.OUTLINE: "Finding the topics",
    Stage.STATEMENTS: "Finding the facts",
    Stage.FACTS: "Bringing the facts together",
    Stage.ITEMS: "Writing cards and questions",
    Stage.LINT: "Checking them",
    STORING: "Storing",
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: SignedIn, code: str) -> HttpResponse:
    """Take in a pasted text or a file; what cannot be read is said beside it."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    topics = Topic.objects.visible_to(request.user).filter(exam=exam)
    form = NoteForm(
        request.POST or None,
        request.FILES or None,
        topics=topics,
        asks_audience=is_editor(request, exam) and not is_alone(exam),
        has_notes=Note.objects.editable_by(request.user).filter(exam=exam).exists(),
    )
    if request.method == "POST" and form.is_valid():
        run = submit(request, exam, form)
        if run is not None:
            after_commit(ingest_note, run.pk)
            return redirect("run", pk=run.pk)
    return render(request, "ingest/upload.html", {"exam": exam, "form": form})


def is_editor(request: SignedIn, exam: Exam) -> bool:
    return Exam.objects.editable_by(request.user).filter(pk=exam.pk).exists()


def is_alone(exam: Exam) -> bool:
    """Whether the exam is somebody's own, with nobody to share it with."""
    return exam.visibility == Visibility.PRIVATE and exam.memberships.count() == 1


def submit(request: SignedIn, exam: Exam, form: NoteForm) -> IngestRun | None:
    """Hand the note in; where it cannot be read, the form says why and None comes back.

    What others will study waits for an editor's look; what is one's own is there at once.
    """
    shared = form.is_for_everybody
    owner = None if shared or (is_alone(exam) and is_editor(request, exam)) else request.user
    try:
        return submit_note(
            exam=exam,
            name=form.note_name,
            data=form.note_bytes,
            started_by=request.user,
            owner=owner,
            topic=form.chosen_topic,
            publish=not shared,
            review_first=True,
            budget=form.budget,
        )
    except DomainError as error:
        form.add_error(form.source_field, error.message)
        return None


@require_GET
@login_required
@never_cache
def run(request: SignedIn, pk: int) -> HttpResponse:
    """How far a reading is, and when it is over what came of it."""
    found = own_run(request, pk)
    context: dict[str, Any] = {
        "run": found,
        "note": found.version.note,
        "exam": found.version.note.exam,
        "stages": list(STAGES.items()),
    }
    if found.waits_for_a_word:
        context["changes"] = told_changes(found)
    elif found.state == IngestRun.State.SUCCEEDED:
        context |= outcome_of(found, request)
    return render(request, "ingest/run.html", context)


CHANGES = {
    Change.UPDATE: "Would read differently",
    Change.CONFLICT: "Was edited by hand: would keep its words and get a suggestion",
    Change.ORPHAN: "Would be suspended: the note no longer says it",
    Change.CREATE: "Would be new",
}


def told_changes(run: IngestRun) -> list[tuple[str, list[dict[str, str]]]]:
    """What a reading would change, by the kind of change, in words."""
    told = (
        (words, [each for each in run.changes if each["change"] == change])
        for change, words in CHANGES.items()
    )
    return [(words, changes) for words, changes in told if changes]


def own_run(request: SignedIn, pk: int) -> IngestRun:
    runs = IngestRun.objects.visible_to(request.user).select_related("version__note__exam")
    return get_object_or_404(runs.defer("version__text"), pk=pk)


def outcome_of(run: IngestRun, request: SignedIn) -> dict[str, Any]:
    """What the page shows of a finished reading."""
    note = run.version.note
    cards = Card.objects.editable_by(request.user).filter(note=note)
    draft_cards, draft_questions = drafts.drafts_of(note, request.user)
    shown_cards = draft_cards.with_sources()[:MOST_DRAFTS]
    shown_questions = draft_questions.with_sources().prefetch_related("choices")[:MOST_DRAFTS]
    disputes = Dispute.objects.editable_by(request.user).of_note(note.pk)
    return {
        "cards": cards.filter(status=Status.PUBLISHED).with_sources()[:FIRST_CARDS],
        "draft_cards": shown_cards,
        "draft_questions": shown_questions,
        "shown_drafts": len(shown_cards) + len(shown_questions),
        "drafts": drafts.count_drafts(note, request.user),
        "disputes": disputes.filter(is_settled=False).count(),
        "suggestions": offers_for(note, request),
        "skipped": skipped_lines(run.version.fates),
        "is_newest": not note.versions.filter(number__gt=run.version.number).exists(),
    }


@require_POST
@login_required
def more_of_run(request: SignedIn, pk: int) -> HttpResponse:
    """Have made too what a reading left out."""
    found = own_run(request, pk)
    try:
        again = read_the_rest(run=found, started_by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("run", pk=pk)
    after_commit(ingest_note, again.pk)
    return redirect("run", pk=again.pk)


@require_POST
@login_required
def keep_drafts(request: SignedIn, pk: int) -> HttpResponse:
    """Give all drafts of a note to those who study it."""
    note = own_run(request, pk).version.note
    done = drafts.keep_all(note=note, user=request.user, now=timezone.now())
    messages.success(request, f"{done.kept} kept: they are asked from now on.")
    if done.unfit:
        text = f"{done.unfit} cannot be asked yet and stay here: keep one to read what it lacks."
        messages.warning(request, text)
    return redirect("run", pk=pk)


@require_POST
@login_required
def discard_drafts(request: SignedIn, pk: int) -> HttpResponse:
    """Put all drafts of a note away; the note and their history stay."""
    note = own_run(request, pk).version.note
    gone = drafts.discard_all(note=note, user=request.user, now=timezone.now())
    messages.success(request, f"{gone} discarded.")
    return redirect("run", pk=pk)


@require_POST
@login_required
def retry_run(request: SignedIn, pk: int) -> HttpResponse:
    """Read a note again after a failure."""
    found = own_run(request, pk)
    retry(run=found)
    after_commit(ingest_note, found.pk)
    return redirect("run", pk=pk)


@require_POST
@login_required
def apply_run(request: SignedIn, pk: int) -> HttpResponse:
    """Carry out what a reading has shown it would change."""
    found = own_run(request, pk)
    try:
        confirm(run=found)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        after_commit(ingest_note, found.pk)
    return redirect("run", pk=pk)


@require_POST
@login_required
def keep_draft(request: SignedIn, pk: UUID, model: type[Card | Question]) -> HttpResponse:
    """Give a draft to those who study it."""
    item = get_object_or_404(model.objects.editable_by(request.user), pk=pk)
    try:
        workflow.publish(item=item)
    except DomainError as error:
        messages.error(request, error.message)
    return back_to_drafts(request, item)


@require_POST
@login_required
def discard_draft(request: SignedIn, pk: UUID, model: type[Card | Question]) -> HttpResponse:
    """Put a draft away; its note and history stay."""
    item = get_object_or_404(model.objects.editable_by(request.user), pk=pk)
    try:
        workflow.retire(item=item)
    except DomainError as error:
        messages.error(request, error.message)
    return back_to_drafts(request, item)


def back_to_drafts(request: HttpRequest, item: Item) -> HttpResponse:
    """The newest reading of the item's note, or its exam where there is none."""
    runs = IngestRun.objects.visible_to(request.user).filter(version__note=item.note)
    newest = runs.order_by("-pk").first()
    if newest is None:
        return redirect("exam", code=item.exam.code)
    return redirect(f"{reverse('run', args=[newest.pk])}#drafts")
