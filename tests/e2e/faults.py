"""What goes wrong on the way: answers of the server that never arrive, and what it stored then."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

from playwright.sync_api import BrowserContext, Playwright

from tests.e2e.flags import FLAGS
from tests.run import find_browser
from tests.running import ROOT, Quickstart

REVIEWS = "/api/v1/reviews/"
LIST_EVENTS = """
import json
from apps.study.models import ReviewEvent
events = ReviewEvent.objects.filter(enrolment__user__is_demo=True)
print(json.dumps(list(events.values("id", "kind", "card", "ordinal", "target")), default=str))
"""


@dataclass(frozen=True)
class Stored:
    """What the server holds of a learner: answers, undos, and the answers that stand by prompt."""

    answers: int
    undos: int
    standing: Counter[tuple[str, int]]

    @property
    def is_each_once(self) -> bool:
        return set(self.standing.values()) == {1}


def stored(site: Quickstart) -> Stored:
    """Read what the server stored, in a process of its own, as the site may be down."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", LIST_EVENTS]
    told = subprocess.run(command, cwd=ROOT, env=site.environment, check=True, capture_output=True)
    events: list[dict[str, Any]] = json.loads(told.stdout)
    answers = [event for event in events if event["kind"] == "answer"]
    undone = {event["target"] for event in events if event["kind"] == "undo"}
    standing = Counter(
        (event["card"], event["ordinal"]) for event in answers if event["id"] not in undone
    )
    return Stored(len(answers), len(undone), standing)


@contextmanager
def losing_proxy(site: Quickstart, *, share: float, seed: int) -> Iterator[str]:
    """An address in front of the site, where a share of what it says to reviews is lost.

    The site has stored the reviews by then; the browser only never hears of it.
    """
    chance = Random(seed)  # noqa: S311 - a repeatable fault, not a secret

    class Forward(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            self.close_connection = True
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            upstream = HTTPConnection("127.0.0.1", site.port, timeout=30)
            try:
                upstream.request(self.command, self.path, body, dict(self.headers))
                answer = upstream.getresponse()
                content = answer.read()
            except (OSError, HTTPException):
                return
            finally:
                upstream.close()
            if self.path == REVIEWS and chance.random() < share:
                return
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_HEAD = forward  # noqa: N815 - the base class's names

        def log_message(self, *_: object) -> None:
            """Say nothing: what matters is what arrives."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def lasting_browser(
    playwright: Playwright, folder: Path, address: str, **options: Any
) -> BrowserContext:
    """A browser that keeps what it knows in a folder, as a person's does."""
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=find_browser(),
        args=FLAGS,
        base_url=address,
        env={**os.environ},
        **{"viewport": {"width": 1280, "height": 800}, **options},
    )
