"""Taking along everything that is one's own."""

import json
from typing import Any

import pytest
from django.http import StreamingHttpResponse

from apps.accounts.models import User
from apps.courses.models import Exam
from apps.exchange.account.mydata import my_data
from tests.exchange.account.conftest import SECRET
from tests.factories import NOW
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
WRITTEN = [
    ("accounts.user", "name"),
    ("courses.topic", "title"),
    ("notes.noteversion", "text"),
    ("bank.card", "front"),
    ("bank.cardversion", "content"),
    ("bank.question", "stem"),
    ("courses.exam", "title"),
]
HELD = [
    "notes.note",
    "study.enrolment",
    "study.reviewevent",
    "study.memory",
    "study.dailyplan",
    "study.availability",
    "quizzes.attempt",
    "quizzes.attemptitem",
    "exchange.export",
    "exchange.importrun",
    "ingest.ingestrun",
    "courses.membership",
    "bank.choice",
    "notes.passage",
]


def taken(user: User) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = json.loads("".join(my_data(user=user, now=NOW)))[
        "tables"
    ]
    return tables


def test_everything_somebody_wrote_and_did_is_in_the_file(carols_life: Exam, carol: User) -> None:
    tables = taken(carol)
    for table, field in WRITTEN:
        assert SECRET in str([row[field] for row in tables[table]]), table
    assert set(HELD) <= set(tables)
    fronts = {row["front"] for row in tables["bank.card"]}
    assert fronts == {f"{SECRET}?", f"Of my exam, {SECRET}?"}
    assert [row["rating"] for row in tables["study.reviewevent"]] == [3]


def test_nothing_of_anybody_else_is_in_it(carols_life: Exam, alice: User, bob: User) -> None:
    for user in (alice, bob):
        tables = taken(user)
        assert SECRET not in json.dumps(tables)
        assert [row["id"] for row in tables["accounts.user"]] == [user.pk]


def test_no_secret_leaves(carols_life: Exam, carol: User) -> None:
    assert carol.password not in "".join(my_data(user=carol, now=NOW))


def test_it_is_downloaded_from_the_settings(
    client_of: SignIn, carols_life: Exam, carol: User
) -> None:
    browser = client_of(carol)
    assert 'href="/settings/data/"' in browser.get("/settings/").text
    answer = browser.get("/settings/data/")
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Disposition"].startswith('attachment; filename="passnotes-')
    assert SECRET in answer.getvalue().decode()
