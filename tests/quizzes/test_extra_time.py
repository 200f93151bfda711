"""Extra time: in new papers, and in those that are running."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question
from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.courses.permissions import make_instructor
from apps.quizzes.models import Attempt, ExtraTime, QuizKind
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.timing import deadline_of, grant_extra_time
from tests.factories import NOW
from tests.quizzes.conftest import after


def test_a_new_paper_ends_later(carol: User, exam: Exam, bank: list[Question]) -> None:
    grant_extra_time(user=carol, exam=exam, per_cent=25, minutes=30)
    attempt, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.MOCK, now=NOW)
    assert attempt.deadline == after(minutes=20 * 1.25 + 30)
    assert attempt.minutes == 20


def test_a_running_paper_ends_later_at_once_and_the_player_is_told(
    carol: User, exam: Exam, mock_exam: Attempt, carol_api: APIClient
) -> None:
    grant_extra_time(user=carol, exam=exam, per_cent=0, minutes=30)
    url = f"/api/v1/attempts/{mock_exam.pk}/"
    assert carol_api.get(url).json()["remaining_ms"] == 50 * 60_000
    outcome = carol_api.post(f"{url}answers/", {"events": []}).json()
    assert outcome["remaining_ms"] == 50 * 60_000


def test_nobody_elses_paper_changes(carol: User, bob: User, exam: Exam, mock_exam: Attempt) -> None:
    grant_extra_time(user=bob, exam=exam, per_cent=100, minutes=0)
    mock_exam.refresh_from_db()
    assert mock_exam.deadline == after(minutes=20)


def test_taking_time_back_does_not_end_a_running_paper_earlier(
    carol: User, exam: Exam, mock_exam: Attempt
) -> None:
    grant_extra_time(user=carol, exam=exam, per_cent=50, minutes=0)
    grant_extra_time(user=carol, exam=exam, per_cent=0, minutes=0)
    mock_exam.refresh_from_db()
    assert mock_exam.deadline == after(minutes=30)
    assert ExtraTime.objects.count() == 1


def test_only_who_learns_here_gets_time(mallory: User, exam: Exam) -> None:
    with pytest.raises(DomainError):
        grant_extra_time(user=mallory, exam=exam, per_cent=10, minutes=0)


def test_an_instructor_grants_it_in_the_authoring_pages(
    alice: User, carol: User, exam: Exam, mock_exam: Attempt, client_of: Callable[[User], Client]
) -> None:
    make_instructor(alice)
    sent = {"exam": exam.pk, "user": carol.pk, "per_cent": 50, "minutes": 0}
    client_of(alice).post("/admin/quizzes/extratime/add/", sent)
    mock_exam.refresh_from_db()
    assert mock_exam.deadline == after(minutes=30)
    page = client_of(carol).get("/exams/bio/quizzes/").content.decode()
    assert "You have extra time: 50 % more" in page


@given(st.integers(1, 600), st.integers(0, 300), st.integers(0, 600))
def test_the_end_is_the_papers_time_and_the_extra_and_nothing_else(
    minutes: int, per_cent: int, more: int
) -> None:
    end = deadline_of(NOW, minutes, ExtraTime(per_cent=per_cent, minutes=more))
    assert end is not None
    assert (end - NOW).total_seconds() == pytest.approx(
        60 * (minutes * (1 + per_cent / 100) + more)
    )
