"""A deck sent through the API is looked at first, then brought in, and never kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card
from apps.common import jobs
from apps.courses.models import Exam
from apps.exchange.anki.importing import runs
from apps.exchange.anki.importing.runs import run_import
from apps.exchange.models import ImportRun
from tests.exchange.package.foreign import deck_of_2020
from tests.exchange.package.hostile import REFUSED

URL = "/api/v1/imports/"
ApiOf = Callable[[User | None], APIClient]


def send(api: APIClient, data: bytes, **wish: Any) -> dict[str, Any]:
    """Send a package and let the background work on it; what the API says of it then."""
    file = SimpleUploadedFile("cells.apkg", data)
    sent = api.post(URL, {"exam": "bio", "file": file, **wish}, format="multipart")
    assert sent.status_code == 201, sent.json()
    assert sent.json()["state"] == "queued"
    return carried_on(api, sent.json())


def carried_on(api: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    run_import(run_id=run["id"], clock=now)
    told: dict[str, Any] = api.get(f"{URL}{run['id']}/").json()
    return told


def kept_files() -> list[Path]:
    folder = Path(django_settings.MEDIA_ROOT)
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_deck_is_shown_first_and_brought_in_on_a_second_word(
    api_of: ApiOf, exam: Exam, carol: User
) -> None:
    api = api_of(carol)
    run = send(api, deck_of_2020(8).package())
    assert (run["state"], run["waits_for_a_word"]) == ("succeeded", True)
    assert run["report"]["notes"]["imported"] == 8
    assert not Card.objects.exists()

    confirmed = api.post(f"{URL}{run['id']}/apply/").json()
    assert confirmed["state"] == "queued"
    done = carried_on(api, confirmed)
    assert (done["state"], done["waits_for_a_word"]) == ("succeeded", False)
    assert done["applied_at"] is not None
    assert done["report"] == run["report"]
    assert Card.objects.filter(owner=carol).count() == 8
    again = api.post(f"{URL}{run['id']}/apply/")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


@pytest.mark.django_db(transaction=True)
def test_a_package_is_not_kept_once_it_is_brought_in(
    api_of: ApiOf, exam: Exam, carol: User
) -> None:
    done = send(api_of(carol), deck_of_2020(8).package(), review_first=False)
    assert done["applied_at"] is not None
    assert kept_files() == []


def test_a_package_that_waits_makes_room_for_the_next(
    api_of: ApiOf, exam: Exam, carol: User
) -> None:
    first = send(api_of(carol), deck_of_2020(8).package())
    send(api_of(carol), deck_of_2020(12).package())
    assert len(kept_files()) == 1
    told = api_of(carol).post(f"{URL}{first['id']}/apply/")
    assert told.status_code == 409
    assert "Send the package again" in told.json()["detail"]


@pytest.mark.parametrize("name", ["zip bomb", "text", "name that climbs", "damaged pages"])
def test_a_hostile_package_is_refused_and_nothing_is_stored(
    api_of: ApiOf, exam: Exam, carol: User, name: str
) -> None:
    run = send(api_of(carol), REFUSED[name](), review_first=False)
    assert run["state"] == "failed"
    assert run["error"].endswith(".")
    assert (kept_files(), Card.objects.count()) == ([], 0)


def test_a_file_beyond_the_limit_is_refused_at_once(
    api_of: ApiOf, exam: Exam, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "LARGEST_PACKAGE", 100)
    file = SimpleUploadedFile("cells.apkg", deck_of_2020(8).package())
    told = api_of(carol).post(URL, {"exam": "bio", "file": file}, format="multipart")
    assert (told.status_code, told.json()["code"]) == (400, "too_large")
    assert not ImportRun.objects.exists()


def test_a_worker_that_died_half_way_is_followed_by_one_that_finishes(
    api_of: ApiOf, exam: Exam, carol: User
) -> None:
    file = SimpleUploadedFile("cells.apkg", deck_of_2020(8).package())
    wish = {"exam": "bio", "file": file, "review_first": False}
    run = api_of(carol).post(URL, wish, format="multipart").json()
    assert jobs.claim(ImportRun, run["id"], now=now())
    assert not run_import(run_id=run["id"], clock=now)
    jobs.sweep(now=now(), workers_restarted=True)
    assert carried_on(api_of(carol), run)["state"] == "succeeded"
    assert Card.objects.count() == 8


def test_an_import_is_its_owners_only(
    api_of: ApiOf, exam: Exam, carol: User, alice: User, dave: User
) -> None:
    run = send(api_of(carol), deck_of_2020(4).package())
    for person in (alice, dave):
        assert api_of(person).get(f"{URL}{run['id']}/").status_code == 404
        assert api_of(person).post(f"{URL}{run['id']}/apply/").status_code == 404
    file = SimpleUploadedFile("cells.apkg", b"x")
    wish = {"exam": "bio", "file": file}
    assert api_of(dave).post(URL, wish, format="multipart").status_code == 400
    assert api_of(None).post(URL, wish, format="multipart").status_code == 401
