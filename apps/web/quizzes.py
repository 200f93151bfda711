"""The pages of quizzes: choosing one, sitting it, reading the results."""

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
from apps.quizzes.models import Attempt, QuizKind
from apps.quizzes.services import attempts, marking
from apps.quizzes.services.results import results_of
from apps.web.requests import SignedIn

PAST_ATTEMPTS = 20


@require_GET
@login_required
def choose_quiz(request: SignedIn, code: str) -> HttpResponse:
    """The quizzes an exam offers, and how the past ones went."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    marking.close_expired(now=timezone.now(), user=request.user)
    past = Attempt.objects.visible_to(request.user).filter(exam=exam).submitted()
    context = {
        "exam": exam,
        "offers": attempts.offers(user=request.user, exam=exam),
        "fewest": attempts.FEWEST_QUESTIONS,
        "past": past[:PAST_ATTEMPTS],
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
    try:
        attempt, _ = attempts.start_attempt(
            user=request.user, exam=exam, kind=QuizKind(kind), now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("quizzes", code=code)
    return redirect("attempt", pk=attempt.pk)


def own_attempt(request: SignedIn, pk: UUID) -> Attempt:
    """The person's attempt of this address, handed in if its time is up."""
    marking.close_expired(now=timezone.now(), user=request.user)
    mine = Attempt.objects.visible_to(request.user).select_related("exam")
    return get_object_or_404(mine, pk=pk)


@require_GET
@login_required
@never_cache
@ensure_csrf_cookie
def player(request: SignedIn, pk: UUID) -> HttpResponse:
    """The page on which a paper is answered; it fetches the questions itself."""
    attempt = own_attempt(request, pk)
    if attempt.submitted_at is not None:
        return redirect("attempt_results", pk=pk)
    return render(request, "quizzes/player.html", {"attempt": attempt})


@require_GET
@login_required
@never_cache
def results(request: SignedIn, pk: UUID) -> HttpResponse:
    """The marked paper; `?show=wrong` leaves out what was right."""
    attempt = own_attempt(request, pk)
    if attempt.submitted_at is None:
        return redirect("attempt", pk=pk)
    marked = results_of(attempt=attempt)
    wrong = [item for item in marked.items if not item.is_right]
    only_wrong = request.GET.get("show") == "wrong"
    late = request.GET.get("late", "")
    context: dict[str, Any] = {
        "attempt": attempt,
        "domains": marked.domains,
        "items": wrong if only_wrong else marked.items,
        "only_wrong": only_wrong,
        "wrong_count": len(wrong),
        "late": int(late) if late.isdecimal() else 0,
    }
    return render(request, "quizzes/results.html", context)


urlpatterns = [
    path("exams/<slug:code>/quizzes/", choose_quiz, name="quizzes"),
    path("exams/<slug:code>/quizzes/start/", begin, name="start_attempt"),
    path("attempts/<uuid:pk>/", player, name="attempt"),
    path("attempts/<uuid:pk>/results/", results, name="attempt_results"),
]
