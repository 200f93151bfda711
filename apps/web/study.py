"""The shell of the study page; the page fetches its prompts and sends its answers itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from apps.accounts.keys import all_keys, name_of
from apps.bank.models import FlagReason
from apps.courses.models import Exam
from apps.notes.models import Note
from apps.study.models import Enrolment
from apps.web import offline
from apps.web.requests import SignedIn

# What study.js imports; a browser that is told fetches all of them at once.
MODULES = [f"study/{name}.js" for name in ("answer", "keys", "server", "session", "store", "view")]


@require_GET
@login_required
@gzip_page  # holds no secret that its length could betray
@never_cache
@ensure_csrf_cookie
def study(request: SignedIn, code: str) -> HttpResponse:
    """Today's cards of an exam, or with `?note=` those of one note."""
    exam = get_object_or_404(Exam.objects.visible_to(request.user), code=code)
    enrolment = Enrolment.objects.visible_to(request.user).filter(exam=exam).first()
    if enrolment is None:
        messages.info(request, "Choose “Study this exam” first.")
        return redirect("exam", code=code)
    note = None
    if wanted := request.GET.get("note"):
        notes = Note.objects.visible_to(request.user).filter(exam=exam)
        note = get_object_or_404(notes, pk=int(wanted) if wanted.isdecimal() else None)
    keys = all_keys(request.user.keys)
    context = {
        "enrolment": enrolment,
        "note": note,
        "modules": MODULES,
        "reasons": FlagReason.choices,
        "keys": keys,
        "key_names": {action: name_of(key) for action, key in keys.items()},
    }
    page = render(request, "study/study.html", context)
    page.headers[offline.VERSION_HEADER] = offline.version()
    return page
