"""Item analysis for who authors an exam: a table of its questions, each one's page, CSV."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apps.bank.models import Question
from apps.courses.models import Exam
from apps.insights.item_analysis import ItemStatistics, analysis_of, item_statistics
from apps.web.requests import SignedIn

A_PAGE = 50
HEADER = (
    "id",
    "question",
    "topic",
    "kind",
    "version",
    "first_answers",
    "facility",
    "standard_deviation",
    "random_guess",
    "discrimination",
    "discriminative_efficiency",
    "median_seconds",
    "flags",
    "ruling",
)
# A spreadsheet would run a cell that begins with one of these.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def authored(request: SignedIn, code: str) -> Exam:
    """The exam of this code, for who may author it; to others it does not exist here."""
    return get_object_or_404(Exam.objects.editable_by(request.user), code=code)


@require_GET
@login_required
def items(request: SignedIn, code: str) -> HttpResponse:
    """All questions of a course with their figures, what needs a look first; or these alone.

    `?show=` leaves only those to look at, or those that a ruling gave or took from everybody.
    """
    exam = authored(request, code)
    found = analysis_of(exam)
    filters = {
        "": ("All", found),
        "flagged": ("To look at", [each for each in found if each.flags]),
        "ruled": ("Ruled", [each for each in found if each.ruling]),
    }
    show = request.GET.get("show", "")
    _, shown = filters.get(show, filters[""])
    context = {
        "exam": exam,
        "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "query": f"show={show}&" if show in filters and show else "",
        "show": show if show in filters else "",
        "filters": [(name, words, len(rows)) for name, (words, rows) in filters.items()],
        "flagged": len(filters["flagged"][1]),
        "count": len(found),
    }
    return render(request, "stats/items.html", context)


@require_GET
@login_required
def item(request: SignedIn, code: str, pk: UUID) -> HttpResponse:
    """One question with its figures and how often each choice was chosen."""
    exam = authored(request, code)
    questions = Question.objects.filter(exam=exam, owner=None).prefetch_related("choices")
    question = get_object_or_404(questions, pk=pk)
    context = {"exam": exam, "question": question, "item": item_statistics(question)}
    return render(request, "stats/item.html", context)


class Echo:
    """A file that hands back each line written to it."""

    def write(self, line: str) -> str:
        return line


@require_GET
@login_required
def items_csv(request: SignedIn, code: str) -> StreamingHttpResponse:
    """The same table for a spreadsheet."""
    exam = authored(request, code)
    writer: Any = csv.writer(Echo())
    lines = (writer.writerow(row) for row in rows(analysis_of(exam)))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{exam.code}-items.csv"'},
    )


def rows(found: Iterable[ItemStatistics]) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for each in found:
        question, told = each.question, each.figures
        numbers: tuple[float | None, ...] = (None,) * 5
        if told:
            numbers = (
                told.facility,
                told.deviation,
                told.discrimination,
                told.efficiency,
                told.seconds,
            )
        facility, deviation, *others, seconds = map(rounded, numbers)
        yield (
            question.pk,
            harmless(question.stem),
            harmless(question.topic.title),
            question.kind,
            question.version,
            each.answered,
            facility,
            deviation,
            rounded(each.guess),
            *others,
            seconds,
            " ".join(each.flags),
            each.ruling.kind if each.ruling else "",
        )


def rounded(number: float | None) -> str:
    return "" if number is None else f"{number:.4g}"


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text
