"""What the results page tells beside the score, and the cases an instructor writes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Exam
from apps.courses.permissions import make_instructor
from apps.quizzes.models import Attempt, Case
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.marking import submit
from tests.factories import NOW
from tests.quizzes.conftest import after, answer, right, wrong


@pytest.fixture
def browser(carol: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(carol)


@pytest.fixture
def url(mock_exam: Attempt) -> str:
    """The results of a mock exam: 7 of 10, one flagged, one not answered, 20 seconds each."""
    items = list(mock_exam.items.select_related("question_version"))
    events = [
        answer(
            item,
            right(item) if place < 7 else wrong(item) if place < 9 else [],
            flagged=place == 2,
            spent_ms=20_000 * (place + 1),
        )
        for place, item in enumerate(items)
    ]
    record_answers(attempt=mock_exam, events=events, now=after(minutes=10))
    submit(attempt=mock_exam, now=after(minutes=10))
    return f"/attempts/{mock_exam.pk}/results/"


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_score_comes_with_where_the_level_likely_lies(browser: Client, url: str) -> None:
    page = words(browser.get(url))
    assert "Passed: 70 %" in page
    # Wilson's interval for 7 of 10 with nine tenths' coverage, worked out by hand.
    assert "likely lies between 44 % and 87 %" in page


def test_each_domain_stands_beside_its_part_of_the_exam(browser: Client, url: str) -> None:
    page = words(browser.get(url))
    assert "Of the exam" in page
    rows = re.findall(r"% to \d+ % (\d+ %)", page)
    assert rows == ["100 %", "100 %"], "both domains of this exam weigh 100"


def test_the_time_of_each_question_is_told_beside_the_papers_pace(
    browser: Client, url: str
) -> None:
    page = words(browser.get(url))
    assert "18:20 in all, 1:50 a question; the paper leaves 2:00." in page
    assert "The longest took 3:20: question 10." in page


@pytest.mark.parametrize(
    ("show", "shown"), [("", 10), ("wrong", 3), ("flagged", 1), ("unanswered", 1), ("other", 10)]
)
def test_the_list_can_be_narrowed(browser: Client, url: str, show: str, shown: int) -> None:
    page = browser.get(url, {"show": show}).content.decode()
    assert page.count('<article class="card stack"') == shown


def test_the_wrong_ones_can_be_tried_again_from_here(browser: Client, url: str) -> None:
    assert "Try the wrong ones again" in words(browser.get(url))
    first = Attempt.objects.get()
    place = browser.post("/exams/bio/quizzes/start/", {"kind": "retry", "of": first.pk})
    again = Attempt.objects.exclude(pk=first.pk).get()
    assert place.headers["Location"] == f"/attempts/{again.pk}/"
    assert again.items.count() == 3


def test_practice_is_neither_passed_nor_failed(
    browser: Client, carol: User, exam: Exam, bank: list[Question]
) -> None:
    place = browser.post("/exams/bio/quizzes/start/", {"kind": "quick"}).headers["Location"]
    submit(attempt=Attempt.objects.get(), now=NOW)
    page = words(browser.get(f"{place}results/"))
    assert "passed" not in page.casefold()


def test_an_instructor_writes_a_case_with_its_questions(
    alice: User, exam: Exam, bank: list[Question], client_of: Callable[[User], Client]
) -> None:
    make_instructor(alice)
    sent = {
        "exam": exam.pk,
        "title": "A patient",
        "text": "A man of 60 comes in.",
        "places-TOTAL_FORMS": 2,
        "places-INITIAL_FORMS": 0,
        "places-0-question": bank[1].pk,
        "places-0-position": 1,
        "places-1-question": bank[0].pk,
        "places-1-position": 0,
    }
    client_of(alice).post("/admin/quizzes/case/add/", sent)
    places = Case.objects.get().places.all()
    assert [place.question for place in places] == [bank[0], bank[1]]
