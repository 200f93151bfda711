"""The first page, and the way in for somebody who only wants to try."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What Passnotes is; somebody signed in goes straight to their day."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "home/home.html", {"demo": demo_learner()})


@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo learner, on an embedded installation only."""
    learner = demo_learner()
    if learner is None:
        raise Http404
    login(request, learner, backend=BACKEND)
    return redirect("today")


def demo_learner() -> User | None:
    """Who may be entered without a password: nobody where other people's data could be."""
    if not settings.EMBEDDED:
        return None
    return User.objects.filter(is_demo=True, is_active=True, is_staff=False).order_by("pk").first()
