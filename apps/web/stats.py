"""What the learner's answers tell: readiness, days, what comes due, retention, topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from apps.insights.activity import StudyDay, days_studied
from apps.insights.forecast import DueForecast, forecast_of
from apps.insights.knowledge import Knowledge, knowledge_of
from apps.insights.mastery import TopicMastery, mastery_of, weakest_of
from apps.insights.readiness import Readiness, readiness_of_all
from apps.insights.retention import (
    Period,
    PeriodRetention,
    retention_by,
    retention_in_all,
    trials_of,
)
from apps.quizzes.services.pools import topics_asked
from apps.study.models import Enrolment
from apps.web.charts.bars import Bar, BarChart, bar_chart
from apps.web.charts.heatmap import DayCell, HeatMap, heat_map
from apps.web.charts.versus import Measured, VersusChart, versus_chart
from apps.web.requests import SignedIn
from apps.web.templatetags.charts import percent
from apps.web.templatetags.insights import amount, duration

WEEK, MONTH, YEAR = 7, 30, 53 * 7
STRIP = 12 * 7
"""The days of the strip on Today."""
PERIOD_NAMES = {Period.DAY: "By day", Period.WEEK: "By week", Period.MONTH: "By month"}


@dataclass(frozen=True)
class WeakTopic:
    """A topic in which much is to be gained, and whether a quiz can be drawn from it."""

    told: TopicMastery
    has_questions: bool


@dataclass(frozen=True)
class Glance:
    """What Today says of an exam besides its plan."""

    readiness: Readiness
    weakest: Sequence[WeakTopic]


@dataclass(frozen=True)
class ExamStats:
    """One exam on the page of statistics."""

    enrolment: Enrolment
    readiness: Readiness
    topics: Sequence[TopicMastery]
    weakest: Sequence[WeakTopic]

    @property
    def domains(self) -> list[TopicMastery]:
        return [each for each in self.topics if each.depth == 0]


@dataclass(frozen=True)
class Spent:
    """Seconds of study in the time up to today, and the days on which there were any."""

    days: int
    seconds: float
    studied: int
    answers: int


def glances(enrolments: Sequence[Enrolment], now: datetime) -> dict[int, Glance]:
    """A glance at each of these exams of one learner, by enrolment."""
    known = knowledge_of(enrolments, now)
    weak = weak_topics(known)
    return {
        each.enrolment.pk: Glance(readiness, weak[each.enrolment.pk])
        for each, readiness in zip(known, readiness_of_all(known, now=now), strict=True)
    }


def weak_topics(known: Sequence[Knowledge]) -> dict[int, list[WeakTopic]]:
    """Where most is to be gained in these exams of one learner, by enrolment."""
    if not known:
        return {}
    asked = topics_asked(known[0].enrolment.user, {each.enrolment.exam_id for each in known})
    return {
        each.enrolment.pk: [
            WeakTopic(weak, any(path.startswith(weak.topic.path) for path in asked))
            for weak in weakest_of(each)
        ]
        for each in known
    }


def strip(enrolments: Sequence[Enrolment], now: datetime) -> HeatMap | None:
    """The last weeks at a glance; None where nothing was studied in them."""
    days = days_studied(enrolments, now=now, days=STRIP)
    return heat_map_of("The last 12 weeks", days) if any(day.answers for day in days) else None


@require_GET
@login_required
def stats(request: SignedIn) -> HttpResponse:
    """The learner's statistics, of all their exams or of the one in `?exam=`."""
    now = timezone.now()
    mine = list(Enrolment.objects.visible_to(request.user).select_related("user", "exam"))
    chosen = choose(mine, request.GET.get("exam", ""))
    period = period_of(request.GET.get("by", ""))
    known = knowledge_of(chosen, now)
    context = {
        "mine": mine,
        "only": chosen[0].exam if len(chosen) == 1 and len(mine) > 1 else None,
        "exams": exams_of(known, now),
        "period": period,
        "periods": PERIOD_NAMES.items(),
        **history(chosen, period, now),
        **coming(known),
    }
    return render(request, "stats/stats.html", context)


def choose(mine: Sequence[Enrolment], code: str) -> Sequence[Enrolment]:
    """The enrolment in the exam of this code; without one, all of them."""
    if not code:
        return mine
    chosen = [each for each in mine if each.exam.code == code]
    if not chosen:
        raise Http404
    return chosen


def period_of(asked: str) -> Period:
    return Period(asked) if asked in set(Period) else Period.WEEK


def exams_of(known: Sequence[Knowledge], now: datetime) -> list[ExamStats]:
    weak = weak_topics(known)
    return [
        ExamStats(each.enrolment, readiness, mastery_of(each), weak[each.enrolment.pk])
        for each, readiness in zip(known, readiness_of_all(known, now=now), strict=True)
    ]


def history(chosen: Sequence[Enrolment], period: Period, now: datetime) -> dict[str, object]:
    """What was studied and remembered so far; empty where nothing was answered in a year."""
    days = days_studied(chosen, now=now, days=YEAR)
    if not any(day.answers for day in days):
        return {}
    trials = trials_of(chosen)
    periods = retention_by(trials, period, days[-1].day)
    return {
        "days": heat_map_of("The last year", days),
        "minutes": minutes_chart(days[-MONTH:]),
        "spent": [spent_in(days[-count:]) for count in (1, WEEK, MONTH, YEAR)],
        "overall": retention_in_all(trials),
        "periods_of_retention": list(reversed(periods)),
        "retention": retention_chart(periods, period),
    }


def coming(known: Sequence[Knowledge]) -> dict[str, object]:
    forecast = forecast_of(known)
    return {"forecast": forecast, "due": due_chart(forecast)}


def spent_in(days: Sequence[StudyDay]) -> Spent:
    return Spent(
        days=len(days),
        seconds=sum(day.seconds for day in days),
        studied=sum(day.answers > 0 for day in days),
        answers=sum(day.answers for day in days),
    )


def in_words(day: date) -> str:
    return date_format(day, "j M")


def heat_map_of(title: str, days: Sequence[StudyDay]) -> HeatMap:
    spent = spent_in(days)
    cells = [
        DayCell(day.day, day.answers, f"{amount(day.answers, 'answer')}, {duration(day.seconds)}")
        for day in days
    ]
    return heat_map(
        title,
        f"{amount(spent.answers, 'answer')} on {amount(spent.studied, 'day')}"
        f" since {date_format(days[0].day, 'j M Y')}.",
        cells,
    )


def minutes_chart(days: Sequence[StudyDay]) -> BarChart:
    """The minutes of each of the last days."""
    bars = [
        Bar(
            in_words(day.day),
            day.seconds / 60,
            f"{duration(day.seconds)}, {amount(day.answers, 'answer')}",
        )
        for day in days
    ]
    spent = spent_in(days)
    return bar_chart(
        f"Minutes a day, the last {len(days)} days",
        f"{duration(spent.seconds)} on {amount(spent.studied, 'day')}.",
        bars,
        unit=" min",
    )


def due_chart(forecast: DueForecast) -> BarChart:
    """The prompts that come due on each of the days to come."""
    bars = [Bar(in_words(each.day), each.due, f"{each.due} due") for each in forecast.days]
    return bar_chart(
        f"Due in the next {len(bars)} days",
        f"{amount(forecast.total, 'prompt')} in {len(bars)} days, {forecast.later} later.",
        bars,
    )


def retention_chart(periods: Sequence[PeriodRetention], period: Period) -> VersusChart | None:
    """What was remembered in each period, beside what was predicted."""
    points = []
    for each in periods:
        told = each.all
        if told.share is not None and told.predicted is not None:
            points.append(
                Measured(
                    label_of(each.first, period),
                    told.share,
                    told.low,
                    told.high,
                    told.predicted,
                    told.count,
                )
            )
    if not points:
        return None
    last = points[-1]
    return versus_chart(
        "Remembered and predicted",
        f"Most recently, from {last.label}: {percent(last.value)} of {last.count} remembered,"
        f" {percent(last.predicted)} predicted.",
        points,
    )


def label_of(first: date, period: Period) -> str:
    return date_format(first, "M Y") if period == Period.MONTH else in_words(first)
