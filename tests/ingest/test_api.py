"""POST and GET /api/v1/ingest-runs/: giving a note in, and watching it."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import run_ingest
from apps.notes.models import Note
from tests.factories import NOW
from tests.ingest.notes import CELLS

URL = "/api/v1/ingest-runs/"
ApiOf = Callable[[User | None], APIClient]


def give(api: APIClient, exam: Exam, **note: Any) -> Any:
    return api.post(URL, {"exam": exam.code, "name": "cells.md", "text": CELLS} | note)


def test_it_works(api_of: ApiOf, carol: User, exam: Exam) -> None:
    api = api_of(carol)
    response = give(api, exam)
    assert response.status_code == 201
    run = response.json()
    assert (run["state"], run["progress"], run["exam"]) == ("queued", 0, "bio")
    run_ingest(run_id=run["id"], clock=lambda: NOW)
    over = api.get(f"{URL}{run['id']}/").json()
    assert (over["state"], over["progress"]) == ("succeeded", 1)
    assert over["counts"]["cards"]["create"] == Card.objects.filter(owner=carol).count() > 0


def test_strangers_neither_give_nor_watch(
    api_of: ApiOf, carol: User, dave: User, alice: User, exam: Exam
) -> None:
    assert give(api_of(None), exam).status_code == 401
    assert give(api_of(dave), exam).status_code == 400
    run = give(api_of(carol), exam).json()
    for person in (dave, alice):
        assert api_of(person).get(f"{URL}{run['id']}/").status_code == 404


def test_a_learner_cannot_add_for_everybody(api_of: ApiOf, carol: User, exam: Exam) -> None:
    response = give(api_of(carol), exam, personal=False)
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")
    assert not Note.objects.exists()


def test_an_editor_can(api_of: ApiOf, bob: User, exam: Exam) -> None:
    assert give(api_of(bob), exam, personal=False).status_code == 201
    assert Note.objects.get().owner is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("a\x00b\x00\x01\x02", "binary"), ("<html><script>x", "empty")],
)
def test_what_cannot_be_read_is_refused_in_words(
    api_of: ApiOf, carol: User, exam: Exam, text: str, code: str
) -> None:
    response = give(api_of(carol), exam, text=text)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] in {code, "invalid"}
    assert not IngestRun.objects.exists()
