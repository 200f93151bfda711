"""A sweep over all questions of an exam: those with faults, for who authors it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apps.bank.services.faults import rule_of, sweep
from apps.courses.models import Exam
from apps.web.requests import SignedIn

A_PAGE = 25


@require_GET
@login_required
def question_faults(request: SignedIn, code: str) -> HttpResponse:
    """Every question with a fault, or those with the fault in `?what=`; the gravest come first."""
    exam = get_object_or_404(Exam.objects.editable_by(request.user), code=code)
    found = sweep(exam)
    what = request.GET.get("what", "")
    if what not in {rule.what for rule, _ in found.rules}:
        what = ""
    shown = [
        each
        for each in found.found
        if not what or any(rule_of(fault).what == what for fault in each.faults)
    ]
    query = QueryDict(mutable=True)
    query.update({"what": what} if what else {})
    errors = sum(each.has_errors for each in found.found)
    context = {
        "exam": exam,
        "sweep": found,
        "errors": errors,
        "doubts": len(found.found) - errors,
        "what": what,
        "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "query": f"{query.urlencode()}&" if what else "",
    }
    return render(request, "stats/faults.html", context)
