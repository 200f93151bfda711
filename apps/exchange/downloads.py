"""Finished files as answers to whoever asks for them, by page or by API."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control

from apps.common.errors import Conflict
from apps.common.models import JobState
from apps.exchange.models import Export
from apps.exchange.questions.export import QuestionFile
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


def question_file(request: HttpRequest, written: QuestionFile) -> HttpResponseBase:
    """A file of questions; 304 for who has it already."""
    response = get_conditional_response(request, etag=written.etag)
    if response is None:
        response = HttpResponse(written.data, content_type=written.form.content_type)
        response["Content-Disposition"] = f'attachment; filename="{written.name}"'
    response["ETag"] = written.etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
