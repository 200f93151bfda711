"""The study page without the server: the service worker, and what it says where nothing is kept."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

STATIC = Path(settings.ROOT, "static")
WORKER = STATIC / "study/sw.js"
SHARED = ("app.css", "favicon.svg")
SHELL = ("base.html", "study/study.html", "study/dialogs.html", "study/offline.html")
VERSION_HEADER = "X-Passnotes-Version"


def kept_files() -> list[str]:
    """The names of the static files that the study page and the offline page are made of."""
    own = sorted(path.name for path in (STATIC / "study").iterdir() if path != WORKER)
    return [*SHARED, *(f"study/{name}" for name in own)]


@cache
def version() -> str:
    """What names this state of the page: any change of its files makes another version."""
    whole = sha256(WORKER.read_bytes())
    for name in kept_files():
        whole.update((STATIC / name).read_bytes())
    for name in SHELL:
        whole.update(Path(settings.ROOT, "templates", name).read_bytes())
    return whole.hexdigest()[:12]


@require_GET
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, with the version and the addresses of the files it keeps."""
    files = [reverse("offline"), *(static(name) for name in kept_files())]
    known = f"const VERSION = {json.dumps(version())};\nconst FILES = {json.dumps(files)};\n"
    return HttpResponse(known + WORKER.read_text(), content_type="text/javascript")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown where the server cannot be reached: the same for everybody, nobody's name."""
    return HttpResponse(render_to_string("study/offline.html"))
