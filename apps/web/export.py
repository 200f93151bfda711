"""Taking an exam's cards to Anki."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.bank.models import Question, Status
from apps.common.errors import DomainError
from apps.common.tasks import after_commit
from apps.courses.models import Exam
from apps.exchange.anki.changes import preview
from apps.exchange.downloads import download
from apps.exchange.models import Change, Export
from apps.exchange.services import request_export
from apps.exchange.tasks import build_export
from apps.web.requests import SignedIn

WITH_PROGRESS, AS_TEXT = "progress", "text"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def export(request: SignedIn, code: str) -> HttpResponse:
    """Ask for a file of an exam, see how far it is, and fetch the finished ones."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    if request.method == "POST":
        return ask_for_export(request, exam)
    mine = Export.objects.visible_to(request.user).filter(exam=exam).select_related("exam")
    questions = Question.objects.editable_by(request.user)
    context = {
        "exam": exam,
        "exports": mine,
        "last": Export.objects.last_download(request.user, exam),
        "has_questions": questions.filter(exam=exam, status=Status.PUBLISHED).exists(),
    }
    return render(request, "exchange/export.html", context)


def ask_for_export(request: SignedIn, exam: Exam) -> HttpResponse:
    content = request.POST.get("content")
    try:
        asked = request_export(
            user=request.user,
            exam=exam,
            with_progress=content == WITH_PROGRESS,
            as_text=content == AS_TEXT,
            with_questions="questions" in request.POST,
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        after_commit(build_export, str(asked.pk))
    return redirect("export", code=exam.code)


@require_safe
@login_required
@never_cache
def export_preview(request: SignedIn, pk: UUID) -> HttpResponse:
    """What importing a finished file changes, before it is fetched."""
    found = mine_or_404(request, pk)
    if found.state != Export.State.SUCCEEDED:
        return not_ready(request, found)
    context = {"export": found, "groups": preview(found), "same": found.changes.get(Change.SAME, 0)}
    return render(request, "exchange/export_preview.html", context)


@require_safe
@login_required
def export_download(request: SignedIn, pk: UUID) -> HttpResponseBase:
    """The finished file."""
    found = mine_or_404(request, pk)
    if found.state != Export.State.SUCCEEDED:
        return not_ready(request, found)
    return download(request, found)


def mine_or_404(request: SignedIn, pk: UUID) -> Export:
    mine = Export.objects.visible_to(request.user).select_related("exam")
    return get_object_or_404(mine, pk=pk)


def not_ready(request: SignedIn, export: Export) -> HttpResponse:
    messages.info(request, "This deck is not ready yet.")
    return redirect("export", code=export.exam.code)
