"""POST /api/v1/attempts/: beginning a quiz."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Exam
from apps.quizzes.models import Attempt

URL = "/api/v1/attempts/"


def test_it_works(carol_api: APIClient, bank: list[Question]) -> None:
    answer = carol_api.post(URL, {"exam": "bio", "kind": "mock"})
    assert answer.status_code == 201
    paper = answer.json()
    assert paper["attempt"]["exam"] == "bio"
    assert paper["remaining_ms"] <= 20 * 60 * 1000
    assert len(paper["items"]) == 10


def test_a_second_time_it_returns_the_running_paper(
    carol_api: APIClient, bank: list[Question]
) -> None:
    first = carol_api.post(URL, {"exam": "bio", "kind": "quick"})
    again = carol_api.post(URL, {"exam": "bio", "kind": "quick"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["attempt"]["id"] == first.json()["attempt"]["id"]
    assert again.json()["items"] == first.json()["items"]


def test_somebody_outside_the_exam_is_told_it_does_not_exist(
    api_of: Callable[[User | None], APIClient], mallory: User, dave: User, bank: list[Question]
) -> None:
    for user in (mallory, dave):
        assert api_of(user).post(URL, {"exam": "bio", "kind": "mock"}).status_code == 404
    assert not Attempt.objects.exists()


def test_nobody_signed_in_is_asked_to_sign_in(
    api_of: Callable[[User | None], APIClient], bank: list[Question]
) -> None:
    assert api_of(None).post(URL, {"exam": "bio", "kind": "mock"}).status_code == 401


def test_too_few_questions_are_a_conflict_in_plain_words(carol_api: APIClient, exam: Exam) -> None:
    answer = carol_api.post(URL, {"exam": "bio", "kind": "mock"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "too_few_questions"


@pytest.mark.parametrize("body", [{}, {"exam": "bio"}, {"exam": "bio", "kind": "final"}])
def test_a_request_that_does_not_say_what_it_wants_is_refused(
    carol_api: APIClient, exam: Exam, body: dict[str, str]
) -> None:
    assert carol_api.post(URL, body).status_code == 400
