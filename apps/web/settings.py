"""How somebody likes to study, and the token by which their programs act for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.authtoken.models import Token

from apps.study.models import Enrolment
from apps.web.forms import SettingsForm
from apps.web.requests import SignedIn

SHOWN_ONCE = "new_token"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def settings(request: SignedIn) -> HttpResponse:
    """Name, time zone, day start, colours; and whether there is a token."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your settings are saved.")
        return redirect("settings")
    # A form with an error has written into the person it was given; the page's head reads them.
    request.user.refresh_from_db()
    context = {
        "form": form,
        "zones": form.time_zones(),
        "goals": Enrolment.objects.visible_to(request.user).select_related("exam"),
        "new_token": request.session.pop(SHOWN_ONCE, None),
        "has_token": Token.objects.filter(user=request.user).exists(),
    }
    return render(request, "settings/settings.html", context)


@require_POST
@login_required
def make_token(request: SignedIn) -> HttpResponse:
    """Give the person a fresh token; the old one stops working."""
    Token.objects.filter(user=request.user).delete()
    request.session[SHOWN_ONCE] = Token.objects.create(user=request.user).key
    return redirect("settings")


@require_POST
@login_required
def delete_token(request: SignedIn) -> HttpResponse:
    """Take the token away from every program that uses it."""
    Token.objects.filter(user=request.user).delete()
    messages.success(request, "The token is gone; programs that used it are signed out.")
    return redirect("settings")
