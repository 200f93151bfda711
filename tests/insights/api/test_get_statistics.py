"""GET /api/v1/enrolments/<id>/mastery/, retention/, due/ and activity/."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Topic
from apps.study.models import Enrolment
from tests.factories import NOW, make_card
from tests.insights.reviewing import review

ApiOf = Callable[[User | None], APIClient]
PARTS = ("mastery", "retention", "due", "activity")


def address(enrolment: Enrolment, part: str) -> str:
    return f"/api/v1/enrolments/{enrolment.pk}/{part}/"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def studied(enrolment: Enrolment, topic: Topic) -> Enrolment:
    """One card known, one forgotten, one not met."""
    for rating in (3, 1):
        review(
            enrolment,
            make_card(topic),
            (3, NOW - timedelta(days=6)),
            (rating, NOW - timedelta(days=3)),
        )
    make_card(topic)
    return enrolment


def test_it_works(api_of: ApiOf, carol: User, studied: Enrolment) -> None:
    api = api_of(carol)
    (topic,) = api.get(address(studied, "mastery")).json()
    assert (topic["title"], topic["prompts"], topic["met"], topic["share"]) == ("Cells", 3, 2, 1)
    assert 0 < topic["mastery"] < 2 / 3
    (week,) = api.get(address(studied, "retention")).json()
    assert (week["first"], week["all"]["count"], week["all"]["share"]) == ("2026-02-23", 2, 0.5)
    assert week["mature"] == {
        "count": 0,
        "recalled": 0,
        "share": None,
        "predicted": None,
        "low": 0,
        "high": 1,
    }
    due = api.get(address(studied, "due")).json()
    assert (len(due["days"]), due["overdue"]) == (30, 1)
    assert sum(day["due"] for day in due["days"]) == 2
    days = api.get(address(studied, "activity"), {"days": 7}).json()
    assert [day["answers"] for day in days] == [2, 0, 0, 2, 0, 0, 0]


@pytest.mark.parametrize("part", PARTS)
def test_before_the_first_answer_there_is_nothing(
    api_of: ApiOf, carol: User, enrolment: Enrolment, part: str
) -> None:
    assert api_of(carol).get(address(enrolment, part)).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_it_is_the_learners_own(
    api_of: ApiOf, alice: User, dave: User, enrolment: Enrolment, part: str
) -> None:
    assert api_of(None).get(address(enrolment, part)).status_code == 401
    assert api_of(alice).get(address(enrolment, part)).status_code == 404
    assert api_of(dave).get(address(enrolment, part)).status_code == 404


@pytest.mark.parametrize(
    ("part", "query"), [("retention", {"by": "moon"}), ("activity", {"days": 0})]
)
def test_a_senseless_question_is_told_so(
    api_of: ApiOf, carol: User, enrolment: Enrolment, part: str, query: dict[str, Any]
) -> None:
    assert api_of(carol).get(address(enrolment, part), query).status_code == 400
