"""Who a request comes from, where it can only come from somebody signed in."""

from django.http import HttpRequest
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from apps.accounts.models import User


def signed_in(request: HttpRequest | Request) -> User:
    """The person who asks; the view's own rules have already sent everybody else away."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
