"""The learner's own time: a usual week, and the dates that differ from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.common.errors import DomainError
from apps.study.services.availability import Time, make_usual, set_day, set_week, time_of
from apps.study.services.days import today_of
from apps.web.plan_forms import WEEKDAYS, DayForm, ForgetForm, WeekForm
from apps.web.requests import SignedIn

SAVED = "Your time is saved, and today is planned anew."


@dataclass(frozen=True)
class OtherDay:
    """A date to come that differs from its weekday."""

    day: date
    minutes: int
    usual: int


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def time(request: SignedIn) -> HttpResponse:
    """Show the learner's time; a POST sets the usual week."""
    present = time_of(request.user)
    week = WeekForm(request.POST or None, initial=named(present.week))
    if request.method == "POST" and week.is_valid():
        set_week(user=request.user, minutes=week.minutes, now=timezone.now())
        messages.success(request, SAVED)
        return redirect("time")
    return page(request, present, week, DayForm())


@require_POST
@login_required
def set_date(request: SignedIn) -> HttpResponse:
    """Give one date other minutes; 0 is a day off."""
    form = DayForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            set_day(
                user=request.user,
                day=chosen["date"],
                minutes=chosen["minutes"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error("date", error.message)
        else:
            messages.success(request, SAVED)
            return redirect("time")
    present = time_of(request.user)
    return page(request, present, WeekForm(initial=named(present.week)), form)


@require_POST
@login_required
def forget_date(request: SignedIn) -> HttpResponse:
    """Give a date the minutes of its weekday again."""
    form = ForgetForm(request.POST)
    if form.is_valid():
        make_usual(user=request.user, day=form.cleaned_data["date"], now=timezone.now())
        messages.success(request, SAVED)
    return redirect("time")


def named(week: Sequence[int]) -> dict[str, int]:
    """The week's minutes by the names of their fields."""
    return dict(zip((name.lower() for name in WEEKDAYS), week, strict=True))


def page(request: SignedIn, present: Time, week: WeekForm, date_form: Form) -> HttpResponse:
    today = today_of(request.user, timezone.now())
    differing = [
        OtherDay(day, minutes, present.week[day.weekday()])
        for day, minutes in sorted(present.dates.items())
        if day >= today
    ]
    context = {"week": week, "date_form": date_form, "differing": differing, "today": today}
    return render(request, "availability/time.html", context)
