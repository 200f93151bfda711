"""The plan towards one exam: what it leads to, what it costs, what it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_POST

from apps.common.errors import DomainError
from apps.study.models import Enrolment
from apps.study.services import named as names
from apps.study.services import outlook as outlooks
from apps.study.services.availability import take_day_off
from apps.study.services.days import today_of
from apps.study.services.enrolments import change_goal
from apps.study.services.outlook import DayLoad, NoExamAhead, Outlook
from apps.web.charts.bars import Bar, BarChart, bar_chart
from apps.web.charts.line import LineChart, Point, line_chart
from apps.web.plan_forms import WhatIfForm
from apps.web.requests import SignedIn
from apps.web.templatetags.charts import percent

# Nine times in ten the score lies this many standard deviations around the expected one.
NINE_IN_TEN = 1.645
NAMED_AT_FIRST = 10
A_PAGE = 50


@dataclass(frozen=True)
class Range:
    """An expected score (0 to 1) and what it lies between nine times in ten."""

    value: float
    low: float
    high: float


def around(value: float, spread: float) -> Range:
    reach = NINE_IN_TEN * spread
    return Range(value, max(value - reach, 0), min(value + reach, 1))


@require_GET
@login_required
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Where the plan leads, and where other minutes or another date would."""
    enrolment = enrolment_of(request, code)
    now = timezone.now()
    form = WhatIfForm(request.GET or None, today=today_of(request.user, now))
    leeches = names.leeches(enrolment=enrolment)
    context = {
        "exam": enrolment.exam,
        "form": form,
        "backlog": outlooks.backlog(enrolment=enrolment, now=now),
        "leeches": names.named(enrolment=enrolment, keys=leeches[:NAMED_AT_FIRST]),
        "leech_count": len(leeches),
    }
    try:
        present = outlooks.outlook(enrolment=enrolment, now=now)
    except NoExamAhead:
        load = outlooks.load(enrolment=enrolment, now=now)
        return render(request, "plan/steady.html", {**context, "load": load_chart(load)})
    left_out = names.given_up(enrolment=enrolment, now=now)[:NAMED_AT_FIRST]
    context |= {
        "outlook": present,
        "score": around(present.score_exam, present.spread),
        "forecast": forecast_chart(present),
        "prices": price_chart(present),
        "left_out": names.named(enrolment=enrolment, keys=left_out),
        "other": what_if(enrolment, form, now),
    }
    return render(request, "plan/plan.html", context)


def enrolment_of(request: SignedIn, code: str) -> Enrolment:
    mine = Enrolment.objects.visible_to(request.user).select_related("user", "exam")
    return get_object_or_404(mine, exam__code=code)


def what_if(enrolment: Enrolment, form: WhatIfForm, now: datetime) -> Range | None:
    """What the score would be; None where nothing, or nothing sensible, was asked."""
    if not form.is_bound or not form.is_valid() or not form.asks_something():
        return None
    asked = form.cleaned_data
    try:
        other = outlooks.what_if(
            enrolment=enrolment,
            now=now,
            minutes_per_day=asked["minutes_per_day"],
            exam_date=asked["exam_date"],
            days_off=form.days_off,
        )
    except DomainError as error:
        form.add_error(None, error.message)
        return None
    return around(other.score_exam, other.spread)


@require_POST
@login_required
def adopt(request: SignedIn, code: str) -> HttpResponse:
    """Make what was tried out the plan: the goal and the days away are saved together."""
    enrolment = enrolment_of(request, code)
    now = timezone.now()
    form = WhatIfForm(request.POST, today=today_of(request.user, now))
    if not form.is_valid():
        typed = urlencode({name: request.POST.get(name, "") for name in form.fields})
        return redirect(f"{reverse('plan', args=[code])}?{typed}")
    asked = form.cleaned_data
    with transaction.atomic():
        change_goal(
            enrolment=enrolment,
            now=now,
            exam_date=asked["exam_date"] or enrolment.exam_date,
            minutes_per_day=asked["minutes_per_day"],
        )
        for day in form.days_off:
            take_day_off(user=request.user, day=day, now=now)
    messages.success(request, "This is the plan now; today is planned anew.")
    return redirect("plan", code=code)


@require_GET
@login_required
def left_out(request: SignedIn, code: str) -> HttpResponse:
    """Every prompt the plan gives up, by name, the heaviest loss first."""
    enrolment = enrolment_of(request, code)
    try:
        keys = names.given_up(enrolment=enrolment, now=timezone.now())
    except NoExamAhead as error:
        messages.info(request, error.message)
        return redirect("plan", code=code)
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    named = names.named(enrolment=enrolment, keys=list(page))
    context = {"exam": enrolment.exam, "page": page, "left_out": named}
    return render(request, "plan/left_out.html", context)


def in_words(day: date) -> str:
    return date_format(day, "j M")


def forecast_chart(outlook: Outlook) -> LineChart:
    """The expected score, if the exam were on each of the days up to it."""
    points = []
    for point in outlook.curve:
        likely = around(point.score, outlook.spread)
        points.append(Point(in_words(point.day), likely.value, likely.low, likely.high))
    first, last = points[0], points[-1]
    return line_chart(
        "The score to expect, day by day",
        f"From {percent(first.value)} on {first.label} to {percent(last.value)} on {last.label}.",
        points,
    )


def price_chart(outlook: Outlook) -> BarChart:
    """What a minute is worth on each day, beside today's."""
    bars = [
        Bar(in_words(day.day), day.worth, f"{day.worth:.1f} times today's, {day.minutes} min")
        for day in outlook.days
    ]
    best = max(bars, key=lambda bar: bar.value)
    return bar_chart(
        "Beside a minute today",
        f"A minute on {best.label} is worth {best.value:.1f} times a minute today.",
        bars,
        unit=" ×",
    )


def load_chart(load: Sequence[DayLoad]) -> BarChart:
    """The minutes that the days to come will probably take."""
    bars = [
        Bar(
            in_words(day.day),
            day.minutes,
            f"{day.minutes:.0f} min, {day.reviews:.0f} reviews and {day.new:.0f} new",
        )
        for day in load
    ]
    total = sum(day.minutes for day in load)
    return bar_chart(
        f"The next {len(bars)} days",
        f"About {total:.0f} minutes in {len(bars)} days.",
        bars,
        unit=" min",
    )
