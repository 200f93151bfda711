"""What a view knows about a request that has passed `login_required`."""

from django.http import HttpRequest

from apps.accounts.models import User


class SignedIn(HttpRequest):
    """A request of a known person."""

    user: User
