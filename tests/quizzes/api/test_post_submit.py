"""POST /api/v1/attempts/{id}/submit/: handing in."""

import pytest
from rest_framework.test import APIClient

from apps.quizzes.models import Attempt
from apps.quizzes.services.answers import record_answers
from tests.factories import NOW
from tests.quizzes.conftest import answer, right


@pytest.fixture
def url(mock_exam: Attempt) -> str:
    return f"/api/v1/attempts/{mock_exam.pk}/submit/"


def test_it_works(carol_api: APIClient, mock_exam: Attempt, url: str) -> None:
    items = mock_exam.items.select_related("question_version")
    events = [answer(item, right(item)) for item in items]
    record_answers(attempt=mock_exam, events=events, now=NOW)
    attempt = carol_api.post(url).json()
    assert attempt["is_submitted"] is True
    assert (attempt["points"], attempt["percent"], attempt["passed"]) == (10, 100, True)


def test_handing_in_twice_gives_the_same_answer(carol_api: APIClient, url: str) -> None:
    first, again = carol_api.post(url), carol_api.post(url)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
