"""Bringing a deck in from Anki: send it, see what it would do, let it be done."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.bank.models import Flag, Suggestion, SuggestionState
from apps.common.errors import DomainError
from apps.common.tasks import after_commit
from apps.courses.models import Exam
from apps.exchange.anki.importing.report import Fate
from apps.exchange.anki.importing.runs import READING, STORING, confirm, request_import
from apps.exchange.models import ImportRun
from apps.exchange.tasks import import_deck
from apps.quizzes.models import Report
from apps.study.models import Enrolment
from apps.study.services.suspension import resume, suspended_prompts
from apps.web.disputes import offer
from apps.web.requests import SignedIn

A_PAGE = 25
MOST_LISTED = 20
STAGES = {READING: "Reading the package", STORING: "Comparing it with what you have"}
ROWS = {"notes": "Notes", "cards": "Cards", "reviews": "Answers", "media": "Media"}
FATES = {
    Fate.IMPORTED: "New",
    Fate.UPDATED: "Edited in Anki",
    Fate.SUGGESTED: "Edited in Anki, for the instructor to look at",
    Fate.MERGED: "Here already",
    Fate.SKIPPED: "Left out",
}
CHANGES = {
    Fate.UPDATED: "Your own cards, as you edited them in Anki",
    Fate.SUGGESTED: "Cards of the course that you edited in Anki: a suggestion for the instructor",
}


class DeckForm(forms.Form):
    """A package from Anki."""

    file = forms.FileField(
        label="Package from Anki",
        help_text="An .apkg or .colpkg file, up to 200 MB. In Anki choose File, Export, and tick "
        "“Include scheduling information” to bring your answers along.",
        widget=forms.FileInput(attrs={"accept": ".apkg,.colpkg"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def import_page(request: SignedIn, code: str) -> HttpResponse:
    """Take in a package; list those that were sent before."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    form = DeckForm(request.POST, request.FILES) if request.method == "POST" else DeckForm()
    if form.is_valid():
        run = submit(request, exam, form)
        if run is not None:
            after_commit(import_deck, str(run.pk))
            return redirect("import_run", pk=run.pk)
    enrolment = Enrolment.objects.visible_to(request.user).filter(exam=exam).first()
    context = {
        "exam": exam,
        "form": form,
        "runs": ImportRun.objects.visible_to(request.user).filter(exam=exam)[:MOST_LISTED],
        "suspended": len(suspended_prompts(enrolment=enrolment)) if enrolment else 0,
    }
    return render(request, "exchange/import.html", context)


def submit(request: SignedIn, exam: Exam, form: DeckForm) -> ImportRun | None:
    """Hand the package in; where it is refused, the form says why and None comes back."""
    file = form.cleaned_data["file"]
    try:
        return request_import(
            user=request.user, exam=exam, name=file.name, file=file, review_first=True
        )
    except DomainError as error:
        form.add_error("file", error.message)
        return None


@require_GET
@login_required
@never_cache
def import_run(request: SignedIn, pk: UUID) -> HttpResponse:
    """How far an import is; what it would do, or what became of each row."""
    run = own_run(request, pk)
    context: dict[str, Any] = {"run": run, "exam": run.exam, "stages": list(STAGES.items())}
    if run.state == ImportRun.State.SUCCEEDED:
        context |= told(run.report)
    return render(request, "exchange/import_run.html", context)


def own_run(request: SignedIn, pk: UUID) -> ImportRun:
    return get_object_or_404(
        ImportRun.objects.visible_to(request.user).select_related("exam"), pk=pk
    )


def told(report: dict[str, Any]) -> dict[str, Any]:
    """A report in the words of the page: a line a fate that occurs, then what was left out."""
    counts = [
        (words, [report.get(rows, {}).get(str(fate), 0) for rows in ROWS])
        for fate, words in FATES.items()
    ]
    changes = [
        (words, [each for each in report["changes"] if each["change"] == fate])
        for fate, words in CHANGES.items()
    ]
    return {
        "report": report,
        "columns": list(ROWS.values()),
        "counts": [(words, numbers) for words, numbers in counts if any(numbers)],
        "changes": [(words, found) for words, found in changes if found],
    }


@require_POST
@login_required
def apply_import(request: SignedIn, pk: UUID) -> HttpResponse:
    """Carry out an import that has shown what it would do."""
    run = own_run(request, pk)
    try:
        confirm(run=run)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        after_commit(import_deck, str(run.pk))
    return redirect("import_run", pk=pk)


@require_POST
@login_required
def resume_prompts(request: SignedIn, code: str) -> HttpResponse:
    """Ask again all prompts that were suspended in Anki."""
    enrolments = Enrolment.objects.visible_to(request.user).select_related("exam")
    enrolment = get_object_or_404(enrolments, exam__code=code)
    resume(enrolment=enrolment, prompts=suspended_prompts(enrolment=enrolment))
    messages.success(request, "They are asked again, from where your memory of them stands.")
    return redirect("import", code=code)


@require_GET
@login_required
@never_cache
def suggestions(request: SignedIn, code: str) -> HttpResponse:
    """Words that learners or notes suggest for items of an exam, for whoever may answer them."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    mine = Suggestion.objects.answerable_by(request.user).filter(state=SuggestionState.OPEN)
    found = mine.filter(card__exam=exam) | mine.filter(question__exam=exam)
    related = found.select_related("card", "question").prefetch_related("question__choices")
    page = Paginator(related, A_PAGE).get_page(request.GET.get("page"))
    offers = [offer(suggestion) for suggestion in page]
    flags = Flag.objects.answerable_by(request.user).open().filter(card__exam=exam)
    reports = Report.objects.answerable_by(request.user).filter(question__exam=exam)
    reports = reports.filter(is_settled=False)
    context = {
        "exam": exam,
        "page": page,
        "offers": offers,
        "flags": flags.select_related("card", "author")[:A_PAGE],
        "reports": reports.select_related("question", "user")[:A_PAGE],
    }
    return render(request, "exchange/suggestions.html", context)
