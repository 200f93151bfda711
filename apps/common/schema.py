"""How the API's description names the ways of signing in."""

from drf_spectacular.authentication import SessionScheme


class BrowserSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Our session authentication is described as DRF's own."""

    target_class = "apps.common.authentication.SessionAuthentication"
