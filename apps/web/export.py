"""Taking an exam's cards to Anki."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apps.common.errors import DomainError
from apps.common.tasks import after_commit
from apps.courses.models import Exam
from apps.exchange.models import Export
from apps.exchange.services import request_export
from apps.exchange.tasks import build_export
from apps.web.requests import SignedIn

APKG = "application/apkg"
WITH_PROGRESS = "progress"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def export(request: SignedIn, code: str) -> HttpResponse:
    """Ask for a package of an exam, see how far it is, and fetch the finished ones."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    if request.method == "POST":
        return ask_for_export(request, exam)
    mine = Export.objects.visible_to(request.user).filter(exam=exam).select_related("exam")
    return render(request, "exchange/export.html", {"exam": exam, "exports": mine})


def ask_for_export(request: SignedIn, exam: Exam) -> HttpResponse:
    with_progress = request.POST.get("content") == WITH_PROGRESS
    try:
        asked = request_export(user=request.user, exam=exam, with_progress=with_progress)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        after_commit(build_export, str(asked.pk))
    return redirect("export", code=exam.code)


@require_GET
@login_required
@never_cache
def export_download(request: SignedIn, pk: UUID) -> HttpResponse | FileResponse:
    """The finished package."""
    found = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    if found.state != Export.State.SUCCEEDED:
        messages.info(request, "This deck is not ready yet.")
        return redirect("export", code=found.exam.code)
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type=APKG
    )
