"""The installation at scale: what compose starts works together, and loses no work."""

import io
import re
import signal
import zipfile
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.scale.compose import ROOT
from tests.scale.installation import Installation, until

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("scale")]

STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+\.js)["']""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
# A worker's silence of 90 seconds, the sweep after it, and the work itself.
UNTIL_A_DEAD_WORKER_IS_NOTICED = 150


def long_note(name: str) -> str:
    """A note of 30 sections with 50 facts each, so that no topic goes over its budget."""
    line = f"- **Part {{0}} of the {name}**: does thing number {{0}} with {{0}} helpers\n"
    sections = (
        f"\n## Section {n}\n\n" + "".join(line.format(50 * n + k) for k in range(50))
        for n in range(30)
    )
    return f"# The {name}\n" + "".join(sections)


def read(site: Installation, token: str, name: str, text: str) -> str:
    """Ask for a note to be read; returns where to look how far it is."""
    run = site.ask("ingest-runs/", token, exam="aws-saa", name=f"{name}.md", text=text)
    return f"ingest-runs/{run['id']}/"


def begun(site: Installation, token: str, path: str) -> Any:
    """The reading at `path` once a worker is in the middle of it."""
    run = until(lambda: site.ask(path, token), lambda run: run["progress"] > 0)
    assert run["state"] == "running", run
    return run


@pytest.fixture(scope="module")
def enrolment(site: Installation, token: str) -> Any:
    return site.ask("enrolments/", token, exam="aws-saa")


def test_django_finds_nothing_to_warn_of_in_production(site: Installation) -> None:
    check = ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    site.succeed(check, HTTPS="true")


def test_without_its_secret_it_says_in_one_line_what_is_missing(site: Installation) -> None:
    ended = site.run(["python", "manage.py", "check"], SECRET_KEY_FILE="")
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "Passnotes cannot start: Set the SECRET_KEY environment variable"
    ]


def test_beat_plans_a_day_that_nobody_asked_for(site: Installation, enrolment: Any) -> None:
    pk = enrolment["id"]
    site.rows("DELETE FROM study_dailyplan WHERE enrolment_id = %s", pk)
    site.rows(
        "UPDATE study_enrolment SET next_plan_at = now() - interval '1 hour' WHERE id = %s", pk
    )
    plans = until(
        lambda: site.rows(
            "SELECT jsonb_array_length(prompts), next_plan_at > now() FROM study_dailyplan "
            "JOIN study_enrolment e ON e.id = enrolment_id WHERE e.id = %s",
            pk,
        ),
        bool,
    )
    ((asked, is_ahead),) = plans
    assert asked > 0
    assert is_ahead


def test_a_learner_with_a_token_gets_todays_queue(
    site: Installation, token: str, enrolment: Any
) -> None:
    queue = site.ask(f"enrolments/{enrolment['id']}/queue/", token)
    assert queue["prompts"]
    assert 0 < queue["seconds"] <= 60 * enrolment["minutes_per_day"]
    assert all(prompt["sources"] for prompt in queue["prompts"])


def test_the_worker_reads_a_note(site: Installation, token: str) -> None:
    path = read(site, token, "cells", "# Cells\n\n- **Nucleus**: holds the DNA\n")
    run = site.finished(path, token)
    assert run["state"] == "succeeded", run
    assert run["counts"]["cards"]["create"] >= 1


def test_the_worker_builds_an_anki_deck_that_can_be_fetched(site: Installation, token: str) -> None:
    asked = site.ask("exports/", token, exam="aws-saa")
    export = site.finished(f"exports/{asked['id']}/", token)
    assert export["state"] == "succeeded", export
    with site.open(f"/api/v1/exports/{asked['id']}/download/", token) as answer:
        package = zipfile.ZipFile(io.BytesIO(answer.read()))
    assert package.testzip() is None
    assert any(name.startswith("collection.anki2") for name in package.namelist())


def fetch_static(site: Installation, address: str) -> str:
    """A static file, which browsers must be allowed to keep for ever."""
    with site.open(address) as answer:
        assert HASHED.search(address), f"{address} has no hash in its name"
        caching = answer.headers["Cache-Control"]
        assert "immutable" in caching, f"{address}: {caching}"
        assert int(re.findall(r"max-age=(\d+)", caching)[0]) >= 31_536_000
        return str(answer.read().decode(errors="replace"))


def test_static_files_are_kept_for_ever_and_every_import_in_them_resolves(
    site: Installation,
) -> None:
    with site.open("/") as page:
        waiting = set(STATIC.findall(page.read().decode()))
    collected = site.folder / "static"
    own = {module.parent.name for module in (ROOT / "static").glob("*/*.js")}
    modules = [module for area in own for module in collected.glob(f"{area}/*.js")]
    hashed = [module for module in modules if HASHED.search(module.name)]
    waiting |= {f"/static/{module.relative_to(collected)}" for module in hashed}
    assert any(address.startswith("/static/study/study.") for address in waiting)
    seen: set[str] = set()
    imports = 0
    while waiting:
        address = waiting.pop()
        seen.add(address)
        text = fetch_static(site, address)
        if address.endswith(".js"):
            found = {urljoin(address, name) for name in IMPORT.findall(text)}
            imports += len(found)
            waiting |= found - seen
    assert imports >= 10


def test_a_worker_told_to_go_finishes_what_it_reads(site: Installation, token: str) -> None:
    path = read(site, token, "heart", long_note("heart"))
    begun(site, token, path)
    site.end("worker")
    run = site.ask(path, token)
    assert run["state"] == "succeeded", (run, site.said("worker")[-4000:])
    site.start("worker")


@pytest.fixture(scope="module")
def disaster(site: Installation, token: str) -> tuple[str, str]:
    """A worker lost in the middle of one note, and Redis emptied while another waits."""
    halfway = read(site, token, "lung", long_note("lung"))
    begun(site, token, halfway)
    site.end("worker", signal.SIGKILL)
    waiting = read(site, token, "liver", "# Liver\n\n- **Bile**: breaks up fat\n")
    queue = f"{site.prefix}celery"
    until(lambda: site.redis.exists(queue), bool)
    site.redis.delete(queue)
    assert site.ask(halfway, token)["state"] == "running"
    assert site.ask(waiting, token)["state"] == "queued"
    site.start("worker")
    return halfway, waiting


def test_a_note_whose_message_redis_lost_is_read_all_the_same(
    site: Installation, token: str, disaster: tuple[str, str]
) -> None:
    run = site.finished(disaster[1], token)
    assert run["state"] == "succeeded", run


def test_a_note_whose_worker_was_killed_is_read_by_the_next(
    site: Installation, token: str, disaster: tuple[str, str]
) -> None:
    run = site.finished(disaster[0], token, UNTIL_A_DEAD_WORKER_IS_NOTICED)
    assert run["state"] == "succeeded", run
    assert run["counts"]["cards"]["create"] >= 1500
