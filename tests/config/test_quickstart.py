"""One command, and the second time it is quick and everything is still there."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.running import PATIENCE, Quickstart

# One process starts, kills and restarts one site.
pytestmark = pytest.mark.xdist_group("quickstart")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quickstart]:
    site = Quickstart(tmp_path_factory.mktemp("data")).start()
    yield site
    if site.process.poll() is None:
        site.stop()


def ask(site: Quickstart, path: str, token: str | None = None, **body: Any) -> Any:
    """Call the API as a program does; a body makes it a POST."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Token {token}"
    data = json.dumps(body).encode() if body else None
    request = Request(site.address + path, data, headers)  # noqa: S310
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        return json.load(answer)


def token_of(site: Quickstart, email: str) -> str:
    credentials = {"email": email, "password": site.passwords[email]}
    return str(ask(site, "/api/v1/token/", **credentials)["token"])


def until(look: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """Look again until what is seen is what was wanted."""
    deadline = time.monotonic() + PATIENCE
    while not wanted(seen := look()):
        assert time.monotonic() < deadline, seen
    return seen


def test_it_prints_two_passwords_that_work(site: Quickstart) -> None:
    assert set(site.passwords) == {"learner@example.org", "instructor@example.org"}
    for email in site.passwords:
        me = ask(site, "/api/v1/me/", token_of(site, email))
        assert me["email"] == email


def test_a_course_is_there_to_study(site: Quickstart) -> None:
    token = token_of(site, "learner@example.org")
    (enrolment,) = ask(site, "/api/v1/enrolments/", token)["results"]
    queue = ask(site, f"/api/v1/enrolments/{enrolment['id']}/queue/", token)
    assert len(queue["prompts"]) >= 20
    assert all(prompt["sources"] for prompt in queue["prompts"])


def test_the_worker_in_the_process_reads_a_note(site: Quickstart) -> None:
    token = token_of(site, "learner@example.org")
    run = ask(
        site,
        "/api/v1/ingest-runs/",
        token,
        exam="aws-saa",
        name="own.md",
        text="# Cells\n\n- **Nucleus**: holds the DNA\n",
    )
    over = until(
        lambda: ask(site, f"/api/v1/ingest-runs/{run['id']}/", token),
        lambda seen: seen["state"] in {"succeeded", "failed"},
    )
    assert over["state"] == "succeeded", over


def test_a_second_process_on_the_same_data_is_refused(site: Quickstart) -> None:
    with pytest.raises(AssertionError, match="already running"):
        Quickstart(site.data).start()


def test_killed_in_the_middle_of_a_reading_it_finishes_after_the_restart(
    site: Quickstart,
) -> None:
    token = token_of(site, "learner@example.org")
    sentence = "- **Part {0} of the cell**: does thing number {0} with {0} helpers\n"
    sections = (
        f"\n## Section {n}\n\n" + "".join(sentence.format(50 * n + k) for k in range(50))
        for n in range(40)
    )
    long = "# A long note\n" + "".join(sections)
    run = ask(site, "/api/v1/ingest-runs/", token, exam="aws-saa", name="long.md", text=long)
    path = f"/api/v1/ingest-runs/{run['id']}/"
    seen = until(lambda: ask(site, path, token), lambda seen: seen["progress"] > 0)
    assert seen["state"] == "running"
    site.kill()
    with sqlite3.connect(site.data / "passnotes.sqlite3") as db:
        (state,) = db.execute(
            "SELECT state FROM ingest_ingestrun WHERE id = ?", (run["id"],)
        ).fetchone()
    assert state == "running"

    again = Quickstart(site.data, site.port).start()
    try:
        over = until(
            lambda: ask(again, path, token),
            lambda seen: seen["state"] in {"succeeded", "failed"},
        )
        assert over["state"] == "succeeded", over
        assert over["counts"]["cards"]["create"] >= 2000
        assert again.passwords == {}, "passwords are printed once"
    finally:
        assert again.stop() == 0, again.said
    assert "Everything is kept" in again.said


def test_the_second_start_is_quick(site: Quickstart) -> None:
    if site.process.poll() is None:
        site.stop()
    again = Quickstart(site.data, site.port).start()
    again.stop()
    print(f"second start, first page after {again.seconds_to_first_page:.1f} s")
    assert Path(again.data / "passnotes.sqlite3").exists()
