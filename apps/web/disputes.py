"""Where notes do not agree, and what a note now says of items edited by hand."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.bank.models import Card, Dispute, Flag, Question, Suggestion, SuggestionState
from apps.bank.services import flags, suggestions
from apps.bank.services.disputes import settle as settle_dispute
from apps.bank.services.items import card_content, choices_of, question_content
from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.compare import card_in_words, question_in_words
from apps.notes.models import Note
from apps.quizzes.models import Report
from apps.quizzes.services.reports import settle_reports
from apps.web.requests import SignedIn

A_PAGE = 25


@require_GET
@login_required
def disputes(request: SignedIn, code: str) -> HttpResponse:
    """Passages of an exam's notes that contradict each other, side by side."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    found = (
        Dispute.objects.editable_by(request.user).filter(exam=exam, is_settled=False).with_notes()
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notes/disputes.html", {"exam": exam, "page": page})


@require_POST
@login_required
def settle(request: SignedIn, pk: int) -> HttpResponse:
    """Put a dispute away: the person has seen to it."""
    dispute = get_object_or_404(Dispute.objects.editable_by(request.user), pk=pk)
    settle_dispute(dispute=dispute)
    return redirect("disputes", code=dispute.exam.code)


@require_POST
@login_required
def settle_flag(request: SignedIn, pk: int) -> HttpResponse:
    """Put away what a learner reported of a card: somebody has seen to it."""
    mine = Flag.objects.answerable_by(request.user).select_related("card__exam")
    flag = get_object_or_404(mine, pk=pk)
    try:
        flags.settle(flag=flag)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("suggestions", code=flag.card.exam.code)


@require_POST
@login_required
def settle_report(request: SignedIn, pk: int) -> HttpResponse:
    """Put away what a learner reported of a question: somebody has seen to it."""
    mine = Report.objects.answerable_by(request.user).select_related("question__exam")
    report = get_object_or_404(mine, pk=pk)
    settle_reports(reports=[report])
    return redirect("suggestions", code=report.question.exam.code)


@dataclass(frozen=True)
class Offer:
    """A suggestion beside the words there are."""

    pk: int
    now: str
    offered: str


def offer(suggestion: Suggestion) -> Offer:
    item = suggestion.item
    if isinstance(item, Card):
        now, offered = card_in_words(card_content(item)), card_in_words(suggestion.content)
    else:
        assert isinstance(item, Question)  # noqa: S101 - the database holds it to one of both
        now = question_in_words(question_content(item, choices_of(item)))
        offered = question_in_words(suggestion.content)
    return Offer(suggestion.pk, now, offered)


def offers_for(note: Note, request: SignedIn) -> list[Offer]:
    """The open suggestions for a note's items that the person may answer."""
    open_ones = Suggestion.objects.answerable_by(request.user).filter(state=SuggestionState.OPEN)
    mine = open_ones.filter(card__note=note) | open_ones.filter(question__note=note)
    related = mine.select_related("card", "question").prefetch_related("question__choices")
    return [offer(suggestion) for suggestion in related]


@require_POST
@login_required
def accept_suggestion(request: SignedIn, pk: int) -> HttpResponse:
    """Give an item the words its note now has."""
    suggestion = own_suggestion(request, pk)
    try:
        suggestions.accept(suggestion=suggestion, author=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    return back_to_suggestions(request, suggestion)


@require_POST
@login_required
def decline_suggestion(request: SignedIn, pk: int) -> HttpResponse:
    """Keep an item as a person wrote it."""
    suggestion = own_suggestion(request, pk)
    try:
        suggestions.decline(suggestion=suggestion)
    except DomainError as error:
        messages.error(request, error.message)
    return back_to_suggestions(request, suggestion)


def own_suggestion(request: SignedIn, pk: int) -> Suggestion:
    mine = Suggestion.objects.answerable_by(request.user).select_related("card", "question")
    return get_object_or_404(mine, pk=pk)


def back_to_suggestions(request: SignedIn, suggestion: Suggestion) -> HttpResponse:
    """The newest reading of the item's note, or its exam where there is none."""
    item = suggestion.item
    assert item is not None  # noqa: S101 - the database holds it to a card or a question
    runs = IngestRun.objects.visible_to(request.user).filter(version__note=item.note)
    newest = runs.order_by("-pk").first()
    if newest is None:
        return redirect("exam", code=item.exam.code)
    return redirect(f"{reverse('run', args=[newest.pk])}#suggestions")
