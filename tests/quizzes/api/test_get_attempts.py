"""GET /api/v1/attempts/: one's own attempts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.quizzes.models import Attempt
from tests.factories import NOW
from tests.quizzes.conftest import after

URL = "/api/v1/attempts/"


def past(attempt: Attempt, days: int) -> Attempt:
    """A marked attempt of so many days ago."""
    return Attempt.objects.create(
        user=attempt.user,
        exam=attempt.exam,
        kind=attempt.kind,
        seed=str(days),
        question_count=10,
        pass_mark=70,
        started_at=NOW - timedelta(days=days),
        submitted_at=NOW - timedelta(days=days),
        points=7,
        percent=70,
        passed=True,
    )


def test_it_works(carol_api: APIClient, mock_exam: Attempt) -> None:
    yesterday = past(mock_exam, 1)
    rows = carol_api.get(URL).json()["results"]
    assert [row["id"] for row in rows] == [str(mock_exam.pk), str(yesterday.pk)]
    assert [row["is_submitted"] for row in rows] == [False, True]
    assert rows[1]["percent"] == 70


def test_other_peoples_attempts_are_not_listed(
    api_of: Callable[[User | None], APIClient], alice: User, mock_exam: Attempt
) -> None:
    assert api_of(alice).get(URL).json()["results"] == []


def test_pages_follow_each_other_without_gap_or_repetition(
    carol_api: APIClient, mock_exam: Attempt
) -> None:
    made = [mock_exam, *(past(mock_exam, days) for days in range(1, 6))]
    seen: list[str] = []
    url = f"{URL}?page_size=4"
    while url:
        page = carol_api.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert seen == [str(attempt.pk) for attempt in made]


def test_an_attempt_whose_time_is_up_is_listed_as_handed_in(
    carol_api: APIClient, mock_exam: Attempt, now: Any
) -> None:
    now.move_to(after(minutes=30))
    assert carol_api.get(URL).json()["results"][0]["is_submitted"] is True


def test_more_attempts_do_not_cost_more_queries(
    carol_api: APIClient, mock_exam: Attempt, django_assert_max_num_queries: Any
) -> None:
    for days in range(1, 20):
        past(mock_exam, days)
    with django_assert_max_num_queries(5):
        carol_api.get(URL)
