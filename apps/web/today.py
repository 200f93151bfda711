"""The learner's day: what is planned for each exam, and one button to begin."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.common.errors import DomainError
from apps.study.models import AfterExam, DailyPlan, Enrolment, Memory, Mode
from apps.study.services import queue
from apps.study.services.plans import add_minutes, study_more
from apps.web.plan import Range, around
from apps.web.requests import SignedIn
from apps.web.stats import Glance, glances, strip

# What one press adds to a day.
PROMPTS_MORE, MINUTES_MORE = 10, 10


@dataclass(frozen=True)
class Day:
    """One exam's day. `has_cards` and `has_more` tell an empty day from a finished one."""

    enrolment: Enrolment
    reviews: int
    new: int
    minutes: int
    done: int
    overdue: int
    days_to_exam: int | None
    has_cards: bool
    has_more: bool
    score_exam: Range | None
    nothing_else_pays: bool
    is_stopped: bool
    glance: Glance

    @property
    def is_over(self) -> bool:
        return self.reviews == 0 and self.new == 0

    @property
    def must_decide(self) -> bool:
        """The exam is over: keep what was learnt, or stop?"""
        over = self.days_to_exam is not None and self.days_to_exam < 0
        return over and self.enrolment.after_exam == AfterExam.UNDECIDED


@require_GET
@login_required
def today(request: SignedIn) -> HttpResponse:
    """All exams the person studies for, with what is left of today."""
    now = timezone.now()
    enrolments = Enrolment.objects.visible_to(request.user)
    mine = list(enrolments.select_related("exam", "user__availability"))
    seen = glances(mine, now)
    days = [day_of(each, now, seen[each.pk]) for each in mine]
    return render(request, "today/today.html", {"days": days, "strip": strip(mine, now)})


def day_of(enrolment: Enrolment, now: datetime, glance: Glance) -> Day:
    state = queue.today(enrolment=enrolment, now=now)
    is_over = not state.reviews and not state.new
    exam_date = enrolment.exam_date
    return Day(
        enrolment=enrolment,
        reviews=len(state.reviews),
        new=len(state.new),
        minutes=-(-state.seconds // 60),
        done=state.done,
        overdue=state.overdue,
        days_to_exam=(exam_date - state.plan.day).days if exam_date else None,
        has_cards=not is_over or Memory.objects.studied(enrolment).exists(),
        has_more=is_over and queue.has_more(enrolment=enrolment, now=now),
        score_exam=likely_score(state.plan),
        nothing_else_pays=state.plan.finished,
        is_stopped=state.plan.mode == Mode.STOPPED,
        glance=glance,
    )


def likely_score(plan: DailyPlan) -> Range | None:
    """What the plan leads to on the day of the exam; None where no exam lies ahead."""
    if plan.score_exam is None or plan.spread is None:
        return None
    return around(plan.score_exam, plan.spread)


@require_POST
@login_required
def add_more(request: SignedIn, code: str) -> HttpResponse:
    """Put ten more prompts into today and go on studying."""
    return after_adding(request, code, study_more, prompts=PROMPTS_MORE)


@require_POST
@login_required
def add_ten_minutes(request: SignedIn, code: str) -> HttpResponse:
    """Give today ten more minutes, spent where they gain most, and go on studying."""
    return after_adding(request, code, add_minutes, minutes=MINUTES_MORE)


def after_adding(
    request: SignedIn, code: str, add: Callable[..., DailyPlan], **amount: int
) -> HttpResponse:
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    enrolment = get_object_or_404(mine, exam__code=code)
    try:
        add(enrolment=enrolment, now=timezone.now(), **amount)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("today")
    return redirect("study", code=code)
