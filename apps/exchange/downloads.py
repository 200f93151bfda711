"""The file of a finished export as an answer to whoever asks for it, by page or by API."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from apps.common.errors import Conflict
from apps.common.models import JobState
from apps.exchange.models import Export
from apps.exchange.services import mark_downloaded

APKG = "application/apkg"
TEXT = "text/plain; charset=utf-8"


def download(request: HttpRequest, export: Export) -> HttpResponseBase:
    """The file, streamed; 304 for who has it already; Conflict while there is none."""
    if export.state != JobState.SUCCEEDED:
        raise Conflict("This deck is not ready yet.")
    # Files from before the digest was kept are known by their export.
    etag = f'"{export.sha256 or export.pk.hex}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        unchanged["ETag"] = etag
        return unchanged
    response = FileResponse(
        export.file.open("rb"),
        as_attachment=True,
        filename=export.file_name,
        content_type=TEXT if export.as_text else APKG,
    )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    if request.method == "GET":
        mark_downloaded(export=export, now=timezone.now())
    return response
