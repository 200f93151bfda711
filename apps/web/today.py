"""The learner's day: what is planned for each exam, and one button to begin."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.common.errors import DomainError
from apps.study.models import Enrolment, Memory
from apps.study.services import queue
from apps.study.services.plans import study_more
from apps.web.requests import SignedIn


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

    @property
    def is_over(self) -> bool:
        return self.reviews == 0 and self.new == 0


@require_GET
@login_required
def today(request: SignedIn) -> HttpResponse:
    """All exams the person studies for, with what is left of today."""
    now = timezone.now()
    mine = Enrolment.objects.visible_to(request.user).select_related("exam", "user")
    return render(request, "today/today.html", {"days": [day_of(each, now) for each in mine]})


def day_of(enrolment: Enrolment, now: datetime) -> Day:
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
        has_more=is_over and has_more(enrolment, state),
    )


def has_more(enrolment: Enrolment, state: queue.Today) -> bool:
    """Whether more could be put into a day whose plan is done."""
    return state.overdue > 0 or bool(queue.new_prompts(enrolment, state.plan.day, limit=1))


@require_POST
@login_required
def add_more(request: SignedIn, code: str) -> HttpResponse:
    """Put ten more prompts into today and go on studying."""
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    enrolment = get_object_or_404(mine, exam__code=code)
    try:
        study_more(enrolment=enrolment, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("today")
    return redirect("study", code=code)
