"""A language model may propose drafts; the note decides which of them stay."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from apps.bank.models import Card, Status
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import run_ingest
from apps.ingest.services.submit import submit_note
from tests.factories import NOW

NOTE = """# Digestion

- **Bile**: emulsifies fat

Somehow, and it took people long to see why, the stomach does not digest itself although its acid is strong enough to dissolve zinc, thanks to a coat of mucus.
"""  # noqa: E501
GOOD = {"front": "What keeps the stomach from digesting itself?", "back": "a coat of mucus"}
UNGROUNDED = {"front": "Who found out why?", "back": "William Beaumont"}
LEAKING = {"front": "What does a coat of mucus do?", "back": "a coat of mucus"}


class Model(ThreadingHTTPServer):
    """A chat endpoint that always says the same, and remembers what it was asked."""

    def __init__(self, words: str, status: int = 200) -> None:
        self.words, self.status = words, status
        self.asked: list[dict[str, Any]] = []
        super().__init__(("127.0.0.1", 0), Answering)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Answering(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append(json.loads(self.rfile.read(length)))
        answer = {"choices": [{"message": {"content": self.server.words}}]}
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def model(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Model]:
    model = Model(*request.param)
    thread = threading.Thread(target=model.serve_forever, daemon=True)
    thread.start()
    settings.DRAFTER_URL, settings.DRAFTER_MODEL = model.url, "small"
    yield model
    model.shutdown()
    model.server_close()


def take_in(exam: Exam) -> IngestRun:
    run = submit_note(exam=exam, name="gut.md", data=NOTE.encode(), started_by=None, owner=None)
    run_ingest(run_id=run.pk, clock=lambda: NOW)
    return IngestRun.objects.get(pk=run.pk)


@pytest.mark.parametrize(
    "model", [(f"Sure! {json.dumps([GOOD, UNGROUNDED, LEAKING, 7])}",)], indirect=True
)
def test_only_what_the_note_bears_out_becomes_a_draft(exam: Exam, model: Model) -> None:
    take_in(exam)
    proposed = Card.objects.filter(front=GOOD["front"]).get()
    assert (proposed.back, proposed.status) == (GOOD["back"], Status.DRAFT)
    assert "mucus" in proposed.passages.get().quote
    fronts = set(Card.objects.values_list("front", flat=True))
    assert not fronts & {UNGROUNDED["front"], LEAKING["front"]}


@pytest.mark.parametrize("model", [(json.dumps([GOOD]),)], indirect=True)
def test_it_is_asked_only_for_lines_without_a_card_and_once(exam: Exam, model: Model) -> None:
    take_in(exam)
    take_in(exam)
    (question,) = model.asked
    assert "mucus" in question["messages"][1]["content"]
    assert "emulsifies" not in question["messages"][1]["content"]
    assert Card.objects.filter(front=GOOD["front"]).count() == 1


@pytest.mark.parametrize("model", [("no json", 200), ("[]", 500)], indirect=True)
def test_a_model_that_fails_costs_nothing_but_its_drafts(exam: Exam, model: Model) -> None:
    run = take_in(exam)
    assert run.state == "succeeded"
    assert Card.objects.filter(back="emulsifies fat").exists()


def test_without_an_endpoint_nothing_is_asked(exam: Exam, settings: Settings) -> None:
    assert settings.DRAFTER_URL == ""
    assert take_in(exam).state == "succeeded"
