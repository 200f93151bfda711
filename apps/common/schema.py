"""What the API's description says beside the endpoints' own words: signing in, and errors."""

from typing import Any

from drf_spectacular.authentication import SessionScheme


class BrowserSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Our session authentication is described as DRF's own."""

    target_class = "apps.common.authentication.SessionAuthentication"


PROBLEM = {
    "type": "object",
    "description": "What went wrong, in the form of RFC 9457.",
    "required": ["status", "code", "detail"],
    "properties": {
        "status": {"type": "integer", "description": "The HTTP status"},
        "code": {"type": "string", "description": "What went wrong, for programs"},
        "detail": {"type": "string", "description": "What went wrong, for people"},
        "errors": {"description": "By field, where fields were wrong"},
    },
}
REFUSAL = {
    "description": "The request cannot be served as it is; the body says why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def tell_of_errors(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Have every operation say in which form it refuses."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"].setdefault("4XX", REFUSAL)
    return result
