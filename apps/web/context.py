"""What every page's template may ask about the installation."""

from django.conf import settings
from django.http import HttpRequest


def embedded(request: HttpRequest) -> dict[str, bool]:
    """`embedded` is true on a laptop's own installation, where a demo learner may be entered."""
    return {"embedded": settings.EMBEDDED}
