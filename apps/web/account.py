"""Leaving: taking one's data along, and closing the account."""

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.models import User
from apps.courses.models import Exam
from apps.exchange.account.closing import close_account, exams_alone
from apps.exchange.account.mydata import my_data
from apps.web.requests import SignedIn


class CloseForm(forms.Form):
    """Makes sure that it is the person themselves, and that they mean it."""

    email = forms.CharField(
        label="Your email address",
        help_text="To show that you mean this account.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_email(self) -> str:
        given = str(self.cleaned_data["email"])
        if given.strip().lower() != self.user.email:
            raise ValidationError("This is not the address of this account.")
        return given

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        if not self.user.check_password(given):
            raise ValidationError("The password is not right.")
        return given


@require_GET
@login_required
@never_cache
def download_data(request: SignedIn) -> StreamingHttpResponse:
    """Everything that is the person's own, as a file that is written while it is sent."""
    now = timezone.now()
    response = StreamingHttpResponse(
        my_data(user=request.user, now=now), content_type="application/json"
    )
    name = f"passnotes-{timezone.localdate(now):%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def close(request: SignedIn) -> HttpResponse:
    """Say what goes and what stays; delete the account once its password is given."""
    form = CloseForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=request.user.pk)
        logout(request)
        close_account(user=user)
        return redirect("closed")
    alone = exams_alone(request.user)
    own = request.user.memberships.filter(role="owner").values("exam")
    shared = Exam.objects.filter(pk__in=own).exclude(pk__in=alone.values("pk"))
    context = {"form": form, "alone": alone, "shared": shared}
    return render(request, "settings/close.html", context)


@require_GET
def closed(request: SignedIn) -> HttpResponse:
    """The last page somebody sees who has closed their account."""
    return render(request, "settings/closed.html")
