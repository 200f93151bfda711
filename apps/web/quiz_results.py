"""The results of a quiz, and what leads from them back to study."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.common.errors import DomainError
from apps.insights.effect import Effect, effect_of
from apps.quizzes.models import Attempt, AttemptItem, Fault, QuizKind
from apps.quizzes.services import marking
from apps.quizzes.services.missed import FollowUp, follow_ups, study_again
from apps.quizzes.services.reports import report_fault
from apps.quizzes.services.results import ItemResult, Results, checked_result, results_of
from apps.study.models import Enrolment
from apps.web.charts.bars import Bar, BarChart, bar_chart
from apps.web.quiz_forms import FaultForm
from apps.web.requests import SignedIn

SLOWEST_SHOWN = 3


def own_attempt(request: SignedIn, pk: UUID) -> Attempt:
    """The person's attempt of this address, handed in if its time is up."""
    marking.close_expired(now=timezone.now(), user=request.user)
    mine = Attempt.objects.visible_to(request.user).select_related("exam", "user")
    return get_object_or_404(mine, pk=pk)


def attempt_key(text: str) -> UUID:
    """The key of an attempt as a form sends it."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@dataclass(frozen=True)
class Pace:
    """How long the questions took; times in words, `per_question` of the paper's own time."""

    chart: BarChart
    total: str
    mean: str
    per_question: str
    slowest: list[ItemResult]


@dataclass(frozen=True)
class Row:
    """A question of the results with what leads from it back to study."""

    result: ItemResult
    time: str
    follow_up: FollowUp | None


@require_GET
@login_required
@never_cache
def results(request: SignedIn, pk: UUID) -> HttpResponse:
    """The marked paper; `?show=` leaves only what was wrong, flagged or not answered."""
    attempt = own_attempt(request, pk)
    if attempt.submitted_at is None:
        return redirect("attempt", pk=pk)
    marked = results_of(attempt=attempt)
    filters = {
        "": marked.items,
        "wrong": [item for item in marked.items if item.is_missed],
        "flagged": [item for item in marked.items if item.flagged],
        "unanswered": [item for item in marked.items if not item.your_answer],
    }
    show = request.GET.get("show", "")
    shown = filters.get(show, marked.items)
    follow = follow_ups(attempt=attempt, indexes=[item.index for item in filters["wrong"]])
    late = request.GET.get("late", "")
    context: dict[str, Any] = {
        "attempt": attempt,
        "is_mock": attempt.kind == QuizKind.MOCK,
        "marked": marked,
        "counting": sum(item.counts for item in marked.items),
        "rows": [Row(item, clock(item.spent_ms), follow.get(item.index)) for item in shown],
        "show": show if show in filters else "",
        "filters": [
            (name, words, len(filters[name]))
            for name, words in (
                ("", "All"),
                ("wrong", "Wrong"),
                ("flagged", "Flagged"),
                ("unanswered", "Not answered"),
            )
        ],
        "wrong_count": len(filters["wrong"]),
        "asked_again": sum(each.is_asked for each in follow.values()),
        "pace": pace_of(marked),
        "effect": effect_on_readiness(attempt, timezone.now()),
        "late": int(late) if late.isdecimal() else 0,
    }
    return render(request, "quizzes/results.html", context)


def effect_on_readiness(attempt: Attempt, now: datetime) -> Effect | None:
    """What a mock exam did to the learner's readiness; None where the exam is not studied."""
    mine = Enrolment.objects.visible_to(attempt.user).select_related("user", "exam")
    enrolment = mine.filter(exam=attempt.exam_id).first()
    if enrolment is None or attempt.kind != QuizKind.MOCK:
        return None
    return effect_of(attempt, enrolment, now=now)


def pace_of(marked: Results) -> Pace | None:
    """The time of each question; None where no device told any."""
    spent = [item for item in marked.items if item.spent_ms]
    if not spent:
        return None
    total = sum(item.spent_ms for item in spent)
    attempt = marked.attempt
    allowed = attempt.minutes and 60_000 * attempt.minutes / attempt.question_count
    bars = [
        Bar(str(item.index), item.spent_ms / 1000, clock(item.spent_ms)) for item in marked.items
    ]
    slowest = slowest_of(spent)
    summary = f"The longest took {clock(slowest[0].spent_ms)}: question {slowest[0].index}."
    return Pace(
        chart=bar_chart("Seconds for each question", summary, bars),
        total=clock(total),
        mean=clock(total / len(spent)),
        per_question=clock(allowed) if allowed else "",
        slowest=slowest,
    )


def slowest_of(items: Sequence[ItemResult]) -> list[ItemResult]:
    return sorted(items, key=lambda item: (-item.spent_ms, item.index))[:SLOWEST_SHOWN]


def clock(milliseconds: float) -> str:
    """A time as 1:05, in minutes and seconds."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes}:{seconds:02}"


@require_POST
@login_required
def study_question(request: SignedIn, pk: UUID, index: int) -> HttpResponse:
    """Ask the cards of a missed question today, or make one."""
    attempt = own_attempt(request, pk)
    get_object_or_404(attempt.items, index=index)
    try:
        asked = study_again(attempt=attempt, index=index, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Today asks you: {', '.join(f'“{each}”' for each in asked)}")
    return redirect(reverse("attempt_results", args=[pk]) + f"#q{index}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def fault(request: SignedIn, pk: UUID, index: int) -> HttpResponse:
    """Say that a question is at fault, once its answer is known."""
    attempt = own_attempt(request, pk)
    items = AttemptItem.objects.filter(attempt=attempt, question__owner=None)
    items = items.exclude(question=None).select_related("question_version", "question")
    item = get_object_or_404(items.prefetch_related("question__passages"), index=index)
    if attempt.submitted_at is None and item.checked_at is None:
        return redirect("attempt", pk=pk)
    form = FaultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report_fault(
            attempt=attempt,
            index=index,
            fault=Fault(form.cleaned_data["fault"]),
            words=form.cleaned_data["words"],
        )
        messages.success(request, "Thank you: whoever looks after the questions is told.")
        if attempt.submitted_at is None:
            return redirect(reverse("attempt", args=[pk]) + f"#q{index}")
        return redirect(reverse("attempt_results", args=[pk]) + f"#q{index}")
    context = {"attempt": attempt, "item": checked_result(item), "form": form}
    return render(request, "quizzes/fault.html", context)
