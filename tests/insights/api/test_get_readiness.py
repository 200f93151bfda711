"""GET /api/v1/enrolments/<id>/readiness/."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.study.models import Enrolment
from tests.factories import NOW, make_question
from tests.insights.sitting import right, sit

ApiOf = Callable[[User | None], APIClient]


@pytest.fixture
def url(enrolment: Enrolment, topic: Topic) -> str:
    for _ in range(30):
        make_question(topic)
    return f"/api/v1/enrolments/{enrolment.pk}/readiness/"


def test_it_works(api_of: ApiOf, carol: User, exam: Exam, url: str) -> None:
    for hour in range(2):
        sit(carol, exam, right, at=NOW + timedelta(hours=hour))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        found = api_of(carol).get(url).json()
    assert (found["exam"], found["pass_mark"], found["answered"]) == ("bio", 70, 20)
    assert found["level"]["low"] < found["level"]["value"] < found["level"]["high"] < 1
    assert 0.5 < found["passing"] < 1
    assert [domain["title"] for domain in found["domains"]] == ["Cells"]


def test_without_evidence_there_is_no_number(api_of: ApiOf, carol: User, url: str) -> None:
    found = api_of(carol).get(url).json()
    assert (found["missing"], found["level"], found["passing"]) == (20, None, None)


def test_it_is_the_learners_own(api_of: ApiOf, alice: User, dave: User, url: str) -> None:
    assert api_of(None).get(url).status_code == 401
    assert api_of(alice).get(url).status_code == 404
    assert api_of(dave).get(url).status_code == 404
