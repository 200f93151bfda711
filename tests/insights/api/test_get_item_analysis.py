"""GET /api/v1/exams/<code>/item-analysis/."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Exam, Topic
from tests.factories import make_question
from tests.insights.cohort import all_sit, by_skill, cohort

ApiOf = Callable[[User | None], APIClient]
URL = "/api/v1/exams/bio/item-analysis/"


@pytest.fixture
def bank(topic: Topic) -> list[Question]:
    return [make_question(topic) for _ in range(10)]


def test_it_works(api_of: ApiOf, bob: User, exam: Exam, bank: list[Question]) -> None:
    all_sit(exam, cohort(exam, 30), by_skill(bank[0]))
    found = api_of(bob).get(URL, {"limit": 4}).json()
    assert (found["count"], len(found["results"])) == (10, 4)
    assert "offset=4" in found["next"]
    every = api_of(bob).get(URL).json()["results"]
    mine = next(each for each in every if each["question"] == str(bank[0].pk))
    assert (mine["answered"], mine["flags"]) == (30, [])
    assert mine["figures"]["facility"] == pytest.approx(1 / 3)
    assert [choice["count"] for choice in mine["choices"]] == [10, 20, 0]


def test_few_answers_have_no_figures(api_of: ApiOf, alice: User, bank: list[Question]) -> None:
    first = api_of(alice).get(URL).json()["results"][0]
    assert (first["answered"], first["figures"], first["choices"]) == (0, None, [])


def test_only_who_may_author_the_exam_sees_it(
    api_of: ApiOf, carol: User, mallory: User, exam: Exam
) -> None:
    assert api_of(None).get(URL).status_code == 401
    assert api_of(carol).get(URL).status_code == 404
    assert api_of(mallory).get(URL).status_code == 404
