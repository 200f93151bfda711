"""How the API knows who asks."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Answers 401, not 403, to a browser that is no longer signed in.

    A study page that keeps unsent answers must tell "sign in again" from "not yours".
    """

    def authenticate_header(self, request: Request) -> str:
        return "Session"
