"""Many learners in one mock exam, every answer saved as it is given: printed, never judged.

The load is open: answers come when they are due, whether or not the server keeps up, and their
time counts from then. Run it at full size with PASSNOTES_SITTERS=500 PASSNOTES_ANSWERS=6 and `-s`.
Real learners give an answer in two minutes, so 500 of them about 4 a second.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, RemoteDisconnected
from itertools import count
from statistics import quantiles
from threading import local
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.scale.installation import Installation, until

pytestmark = pytest.mark.services

SITTERS = int(os.environ.get("PASSNOTES_SITTERS", "20"))
ANSWERS = int(os.environ.get("PASSNOTES_ANSWERS", "4"))
"""What each learner answers."""
RATES = [float(each) for each in os.environ.get("PASSNOTES_RATES", "4,15,30").split(",")]
"""Answers a second, one run for each."""
BROWSERS = 48
WORLD = """
from datetime import timedelta
from django.utils import timezone
from rest_framework.authtoken.models import Token
from apps.accounts.models import User
from apps.courses.models import Membership
from apps.courses.services import create_exam
from tests.factories import make_question, make_topic
exam = create_exam(owner=None, code="mock", title="Mock", minutes=130, question_count=65)
topics = [make_topic(exam, name, weight=weight) for name, weight in
          (("Secure", 30), ("Resilient", 26), ("Fast", 24), ("Cheap", 20))]
for number in range(130):
    make_question(topics[number % 4])
User.objects.bulk_create(User(email=f"sitter{n}@example.org", password="!") for n in range(COUNT))
sitters = list(User.objects.filter(email__startswith="sitter"))
Membership.objects.bulk_create(Membership(exam=exam, user=user, role="learner") for user in sitters)
for user in sitters:
    print("TOKEN", Token.objects.create(user=user).key)
"""
SEQ = count(1)
here = local()


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """PostgreSQL, Redis and two web workers, as compose starts them."""
    site = Installation(
        tmp_path_factory.mktemp("mock"),
        os.environ["PASSNOTES_TEST_DATABASE_URL"],
        os.environ["PASSNOTES_TEST_REDIS_URL"],
    )
    try:
        with site.database(site.server_url) as server:
            server.execute(f"CREATE DATABASE {site.name}")
        site.succeed(["python", "manage.py", "migrate", "--noinput", "-v0"])
        site.start("web")
        until(site.is_healthy, bool)
        yield site
    finally:
        site.clean()


def post(site: Installation, token: str, path: str, body: Any) -> Any:
    """Send one request over a connection that its thread keeps; an error ends the benchmark.

    As a browser does, it sends once more what met a connection the server had just closed.
    """
    try:
        return sent_once(site, token, path, body)
    except (BrokenPipeError, ConnectionResetError, RemoteDisconnected):
        here.connection.close()
        return sent_once(site, token, path, body)


def sent_once(site: Installation, token: str, path: str, body: Any) -> Any:
    if not hasattr(here, "connection"):
        here.connection = HTTPConnection(urlsplit(site.address).netloc, timeout=60)
    headers = {"Content-Type": "application/json", "Authorization": f"Token {token}"}
    here.connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
    answer = here.connection.getresponse()
    text = answer.read()
    assert answer.status in {200, 201}, f"{path}: {answer.status} {text[:500]!r}"
    return json.loads(text)


def at_a_rate(rate: float, jobs: list[Callable[[], Any]]) -> tuple[list[float], float]:
    """Do the jobs so many a second; returns how long each took since it was due, and all."""
    begun = time.perf_counter() + 0.5

    def due(place: int) -> float:
        moment = begun + place / rate
        time.sleep(max(moment - time.perf_counter(), 0))
        jobs[place]()
        return time.perf_counter() - moment

    with ThreadPoolExecutor(BROWSERS) as browsers:
        taken = list(browsers.map(due, range(len(jobs))))
    return taken, time.perf_counter() - begun


def say(what: str, rate: float, taken: list[float], wall: float) -> None:
    cuts = quantiles(taken, n=100)
    print(
        f"\n{what}: {len(taken)} at {rate:g}/s, held {len(taken) / wall:.1f}/s;"
        f" p50 {1000 * cuts[49]:.0f} ms, p95 {1000 * cuts[94]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms"
    )


def event(index: int, option: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "index": index,
        "response": [option],
        "seq": next(SEQ),
        "spent_ms": 1,
        "client_at": "2026-03-02T09:00:00Z",
    }


def test_many_learners_sit_one_mock_exam(
    site: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    made = site.run(
        ["python", "manage.py", "shell", "-v0", "-c", WORLD.replace("COUNT", str(SITTERS))]
    )
    tokens = [line.split()[1] for line in made.stdout.splitlines() if line.startswith("TOKEN")]
    assert len(tokens) == SITTERS, made.stderr
    papers: dict[str, str] = {}

    def start(token: str) -> None:
        paper = post(site, token, "attempts/", {"exam": "mock", "kind": "mock"})
        papers[token] = paper["attempt"]["id"]

    figures = [("papers drawn", 15.0, *at_a_rate(15, [partial(start, t) for t in tokens]))]
    newest: dict[tuple[str, int], str] = {}
    sent = 0
    rng = random.Random(7)  # noqa: S311 - a made-up learner
    for rate in RATES:
        jobs: list[Callable[[], Any]] = []
        for _ in range(ANSWERS):
            for token in rng.sample(tokens, SITTERS):
                answer = event(rng.randint(1, 65), f"o{rng.randint(1, 3)}")
                newest[papers[token], answer["index"]] = answer["response"][0]
                path = f"attempts/{papers[token]}/answers/"
                jobs.append(partial(post, site, token, path, {"events": [answer]}))
        sent += len(jobs)
        figures.append(("answers saved", rate, *at_a_rate(rate, jobs)))
    hand_in: list[Callable[[], Any]] = [
        partial(post, site, t, f"attempts/{papers[t]}/submit/", {}) for t in tokens
    ]
    figures.append(("papers handed in and marked", 15.0, *at_a_rate(15, hand_in)))

    with capsys.disabled():
        print(f"\n{SITTERS} learners, PostgreSQL, two web workers, {os.cpu_count()} cores")
        for figure in figures:
            say(*figure)
    assert site.rows("SELECT count(*) FROM quizzes_answerevent") == [(sent,)]
    held = site.rows(
        "SELECT attempt_id::text, index, response->>0 FROM quizzes_attemptitem WHERE seq > 0"
    )
    assert {(attempt, index): response for attempt, index, response in held} == newest
    unmarked = "SELECT count(*) FROM quizzes_attempt WHERE points IS NULL"
    assert site.rows(unmarked) == [(0,)]
