"""How every endpoint words its errors."""

from typing import Any

from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.common.errors import DomainError

PROBLEM = "application/problem+json"


def problem(
    *, status_code: int, code: str, detail: str, errors: Any = None, headers: Any = None
) -> Response:
    """An error in the form of RFC 9457: `{status, code, detail}` and `errors` by field."""
    body = {"status": status_code, "code": code, "detail": detail}
    if errors is not None:
        body["errors"] = errors
    return Response(body, status=status_code, headers=headers, content_type=PROBLEM)


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: our errors and DRF's, in one form; others stay a 500."""
    if isinstance(error, DomainError):
        return problem(status_code=error.status, code=error.code, detail=error.message)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    headers = {name: answer[name] for name in ("WWW-Authenticate", "Retry-After") if name in answer}
    if isinstance(error, exceptions.ValidationError):
        return problem(
            status_code=status.HTTP_400_BAD_REQUEST,
            code="invalid",
            detail="Some fields need another look.",
            errors=answer.data,
            headers=headers,
        )
    detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else str(answer.data)
    code = getattr(detail, "code", "error")
    return problem(
        status_code=answer.status_code, code=str(code), detail=str(detail), headers=headers
    )
