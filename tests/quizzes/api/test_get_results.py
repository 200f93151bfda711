"""GET /api/v1/attempts/{id}/results/: everything that was hidden before."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.courses.models import Topic
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.services.marking import submit
from tests.factories import NOW, make_question


@pytest.fixture
def url(mock_exam: Attempt) -> str:
    return f"/api/v1/attempts/{mock_exam.pk}/results/"


def test_it_works(carol_api: APIClient, mock_exam: Attempt, url: str) -> None:
    submit(attempt=mock_exam, now=NOW)
    results = carol_api.get(url).json()
    assert results["attempt"]["percent"] == 0
    assert {domain["title"] for domain in results["domains"]} == {"Cells", "Organs"}
    single = next(item for item in results["items"] if item["kind"] == "single")
    assert single["right_answer"] == ["Right"]
    assert single["explanation"] == "Because the notes say so."
    assert all(option["why"] for option in single["options"])
    assert sum(len(item["sources"]) for item in results["items"]) == 1


def test_before_handing_in_it_is_a_conflict(carol_api: APIClient, url: str) -> None:
    answer = carol_api.get(url)
    assert answer.status_code == 409
    assert answer.json()["code"] == "not_submitted"


def test_more_questions_do_not_cost_more_queries(
    carol_api: APIClient,
    mock_exam: Attempt,
    topic: Topic,
    url: str,
    django_assert_max_num_queries: Any,
) -> None:
    for index in range(11, 41):
        question = make_question(topic)
        AttemptItem.objects.create(
            attempt=mock_exam,
            index=index,
            question=question,
            question_version=question.versions.get(),
            choice_order=[0, 1, 2],
            domain="Cells",
        )
    submit(attempt=mock_exam, now=NOW)
    with django_assert_max_num_queries(6):
        assert len(carol_api.get(url).json()["items"]) == 40
