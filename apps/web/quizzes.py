"""The pages of quizzes: choosing one and sitting it; the results have a module of their own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.quizzes.models import BLUEPRINTED, Attempt, QuizKind
from apps.quizzes.selection import Selection
from apps.quizzes.services import attempts, marking
from apps.quizzes.services.timing import extra_of
from apps.web import quiz_results
from apps.web.quiz_forms import CustomForm, LearnForm
from apps.web.requests import SignedIn

PAST_ATTEMPTS = 20


@require_GET
@login_required
def choose_quiz(request: SignedIn, code: str) -> HttpResponse:
    """The quizzes an exam offers, those that are running, and how the past ones went."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    marking.close_expired(now=timezone.now(), user=request.user)
    return show_choices(request, exam)


def show_choices(
    request: SignedIn, exam: Exam, custom: CustomForm | None = None, learn: LearnForm | None = None
) -> HttpResponse:
    """The start page; a form that was filled in wrongly is shown again as it was."""
    mine = Attempt.objects.visible_to(request.user).filter(exam=exam)
    topics = attempts.topic_offers(user=request.user, exam=exam)
    context: dict[str, Any] = {
        "exam": exam,
        "offers": attempts.offers(user=request.user, exam=exam),
        "running": mine.running().exclude(kind__in=BLUEPRINTED),
        "fewest": attempts.FEWEST_QUESTIONS,
        "topics": topics,
        "missed": attempts.missed_count(user=request.user, exam=exam),
        "extra": extra_of(request.user, exam),
        "learn": learn or LearnForm(topics=topics),
        "custom": custom or CustomForm(topics=topics),
        "past": mine.submitted()[:PAST_ATTEMPTS],
    }
    return render(request, "quizzes/start.html", context)


@require_POST
@login_required
def begin(request: SignedIn, code: str) -> HttpResponse:
    """Begin a quiz or go on with the running one."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    kind = request.POST.get("kind", "")
    if kind not in QuizKind:
        messages.error(request, "Choose one of these quizzes.")
        return redirect("quizzes", code=code)
    topics = attempts.topic_offers(user=request.user, exam=exam)
    selection = Selection()
    if kind == QuizKind.TOPIC:
        learn = LearnForm(request.POST, topics=topics)
        if not learn.is_valid():
            return show_choices(request, exam, learn=learn)
        selection = learn.selection
    elif kind == QuizKind.CUSTOM:
        custom = CustomForm(request.POST, topics=topics)
        if not custom.is_valid():
            return show_choices(request, exam, custom=custom)
        selection = custom.selection
    elif kind == QuizKind.RETRY:
        of = get_object_or_404(
            Attempt.objects.visible_to(request.user).submitted(),
            pk=quiz_results.attempt_key(request.POST.get("of", "")),
        )
        selection = Selection(of=of.pk, count=of.question_count)
    return go_to_paper(request, exam, QuizKind(kind), selection)


def go_to_paper(
    request: SignedIn, exam: Exam, kind: QuizKind, selection: Selection
) -> HttpResponse:
    """The player with the paper, or the start page with the reason why there is none."""
    try:
        attempt, _ = attempts.start_attempt(
            user=request.user, exam=exam, kind=kind, now=timezone.now(), selection=selection
        )
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("quizzes", code=exam.code)
    return redirect("attempt", pk=attempt.pk)


@require_GET
@login_required
@never_cache
@ensure_csrf_cookie
def player(request: SignedIn, pk: UUID) -> HttpResponse:
    """The page on which a paper is answered; it fetches the questions itself."""
    attempt = quiz_results.own_attempt(request, pk)
    if attempt.submitted_at is not None:
        return redirect("attempt_results", pk=pk)
    return render(request, "quizzes/player.html", {"attempt": attempt})


ITEM = "attempts/<uuid:pk>/items/<int:index>"
urlpatterns = [
    path("exams/<slug:code>/quizzes/", choose_quiz, name="quizzes"),
    path("exams/<slug:code>/quizzes/start/", begin, name="start_attempt"),
    path("attempts/<uuid:pk>/", player, name="attempt"),
    path("attempts/<uuid:pk>/results/", quiz_results.results, name="attempt_results"),
    path(f"{ITEM}/card/", quiz_results.study_question, name="study_question"),
    path(f"{ITEM}/fault/", quiz_results.fault, name="report_fault"),
]
