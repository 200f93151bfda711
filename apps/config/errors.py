"""What is answered where no view can: in HTML for people, as problems below /api/ for programs."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from apps.common.api import PROBLEM

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return problem(404, "not_found", "There is nothing at this address.")
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        return problem(500, "server_error", "This failed through no fault of yours.")
    return defaults.server_error(request)


def problem(status: int, code: str, detail: str) -> HttpResponse:
    body: dict[str, Any] = {"status": status, "code": code, "detail": detail}
    return HttpResponse(json.dumps(body), status=status, content_type=PROBLEM)
