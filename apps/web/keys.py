"""The keys of the study page, as a learner likes them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.accounts.keys import unusual
from apps.web.forms import KeysForm
from apps.web.requests import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def keys(request: SignedIn) -> HttpResponse:
    """A key for each action; `reset` brings the usual ones back."""
    if "reset" in request.POST:
        return keep(request, {}, "The usual keys are back.")
    sent = request.POST if request.method == "POST" else None
    form = KeysForm(sent, chosen=request.user.keys)
    if form.is_valid():
        return keep(request, unusual(form.keys), "Your keys are saved.")
    return render(request, "settings/keys.html", {"form": form})


def keep(request: SignedIn, chosen: dict[str, str], words: str) -> HttpResponse:
    request.user.keys = chosen
    request.user.save(update_fields=["keys"])
    messages.success(request, words)
    return redirect("keys")
