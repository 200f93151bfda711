"""What item analysis says of questions whose point a ruling gave to everybody, or took."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question
from apps.bank.services.items import ChoiceText, save_question
from apps.courses.models import Exam, Topic
from apps.insights.item_analysis import analysis_of, item_statistics
from apps.insights.statistics.items import Flag
from apps.quizzes.models import Attempt, AttemptItem, RulingKind
from apps.quizzes.services.regrading import rule
from tests.factories import NOW, make_question
from tests.insights.cohort import all_sit, by_skill, cohort
from tests.insights.sitting import chosen, right, sit, wrong

pytestmark = pytest.mark.django_db
GIVEN = [RulingKind.ALWAYS_CORRECT, RulingKind.DISREGARD]


@pytest.fixture
def bank(topic: Topic) -> list[Question]:
    """Ten questions: a quick quiz asks them all."""
    return [make_question(topic) for _ in range(10)]


@pytest.fixture
def people(exam: Exam, bank: list[Question]) -> list[User]:
    """Fifty learners; the lower 20 get the first question wrong, the lower 10 the second right."""
    people = cohort(exam, 50)

    def plan(number: int, item: AttemptItem) -> Callable[[AttemptItem], list[str]]:
        if item.question_id == bank[1].pk:
            return right if number < 10 else wrong
        return by_skill(bank[0])(number, item)

    all_sit(exam, people, plan)
    return people


def decide(question: Question, kind: RulingKind) -> None:
    rule(question=question, kind=kind, reason="It was unclear.", made_by=None, now=NOW)


def reworded(question: Question, *texts: str) -> None:
    """Give the question these choices, of which the first is right."""
    choices = [ChoiceText(text, place == 0, "So.") for place, text in enumerate(texts)]
    save_question(question=question, author=None, choices=choices)


@pytest.mark.parametrize("kind", GIVEN)
def test_a_ruled_question_keeps_the_figures_it_was_ruled_for(
    people: list[User], bank: list[Question], kind: RulingKind
) -> None:
    before = item_statistics(bank[1])
    assert Flag.CHECK_KEY in before.flags
    decide(bank[1], kind)
    after = item_statistics(bank[1])
    assert after.figures == before.figures
    assert after.choices == before.choices
    assert after.answered == 50
    assert after.flags == [], "it is seen to"
    assert after.ruling is not None
    assert after.ruling.kind == kind


@pytest.mark.parametrize("kind", GIVEN)
def test_other_questions_are_measured_by_a_rest_without_it(
    exam: Exam, people: list[User], bank: list[Question], kind: RulingKind
) -> None:
    decide(bank[1], kind)
    scores, rests = [], []
    for person in people:
        items = AttemptItem.objects.filter(attempt__user=person)
        told = {item.question_id: item.score or 0.0 for item in items}
        scores.append(told.pop(bank[0].pk))
        told.pop(bank[1].pk)
        assert len(told) == 8
        rests.append(sum(told.values()) / 8)
    found = item_statistics(bank[0])
    assert found.figures is not None
    assert found.figures.discrimination == pytest.approx(np.corrcoef(scores, rests)[0, 1])
    largest = np.cov(sorted(scores), sorted(rests))[0, 1]
    assert found.figures.efficiency == pytest.approx(np.cov(scores, rests)[0, 1] / largest)


def test_both_rulings_leave_the_same_figures(
    exam: Exam, people: list[User], bank: list[Question]
) -> None:
    figures = []
    for kind in GIVEN:
        decide(bank[1], kind)
        figures.append({each.question.pk: each.figures for each in analysis_of(exam)})
    assert figures[0] == figures[1]


def test_taking_a_ruling_back_restores_the_analysis(
    exam: Exam, people: list[User], bank: list[Question]
) -> None:
    before = analysis_of(exam)
    decide(bank[1], RulingKind.DISREGARD)
    assert analysis_of(exam) != before
    decide(bank[1], RulingKind.AS_WRITTEN)
    assert analysis_of(exam) == before


def test_a_question_reworded_after_its_ruling_begins_anew(
    exam: Exam, people: list[User], bank: list[Question]
) -> None:
    decide(bank[1], RulingKind.DISREGARD)
    reworded(bank[1], "New", "Old", "None")
    found = item_statistics(bank[1])
    assert (found.answered, found.ruling) == (0, None)
    newcomers = cohort(exam, 30, "newcomer")
    all_sit(exam, newcomers, lambda number, item: right, at=NOW + timedelta(hours=1))  # type: ignore[arg-type]
    found = item_statistics(bank[1])
    assert found.figures is not None
    assert (found.answered, found.figures.facility) == (30, 1)


def test_a_mended_key_counts_choices_by_their_words(exam: Exam, bank: list[Question]) -> None:
    for number, person in enumerate(cohort(exam, 30)):
        text = "Wrong" if number < 20 else "Also wrong"
        sit(person, exam, lambda item, text=text: chosen(item, text))  # type: ignore[misc]
    reworded(bank[0], "Wrong", "Also wrong", "Right")
    decide(bank[0], RulingKind.NEW_KEY)
    found = item_statistics(bank[0])
    assert found.figures is not None
    assert found.figures.facility == pytest.approx(20 / 30)
    assert [(c.text, c.is_correct, c.figures.count) for c in found.choices] == [
        ("Wrong", True, 20),
        ("Also wrong", False, 10),
        ("Right", False, 0),
    ]
    assert found.ruling is None, "nobody is given or denied a point"
    reworded(bank[0], "Wrong", "Also wrong", "Right too")
    assert item_statistics(bank[0]).answered == 0


def test_where_nothing_else_counts_there_is_nothing_to_measure_by(
    exam: Exam, topic: Topic, carol: User
) -> None:
    bank = [make_question(topic) for _ in range(5)]
    sit(carol, exam, right)
    for question in bank[1:]:
        decide(question, RulingKind.DISREGARD)
    assert item_statistics(bank[0]).answered == 0
    assert item_statistics(bank[1]).answered == 1, "the first one is its rest"


def test_the_instructor_reads_of_the_ruling_and_finds_it(
    client_of: Callable[[User], Client],
    api_of: Callable[[User | None], APIClient],
    people: list[User],
    bank: list[Question],
    bob: User,
) -> None:
    decide(bank[1], RulingKind.DISREGARD)
    decide(bank[2], RulingKind.ALWAYS_CORRECT)
    browser = client_of(bob)
    page = " ".join(browser.get(f"/exams/bio/items/{bank[1].pk}/").text.split())
    assert "it counts for nobody: It was unclear. The figures are those" in page
    assert "<dt>First answers</dt><dd>50</dd>" in page
    listed = browser.get("/exams/bio/items/", {"show": "ruled"}).text
    assert "Ruled (2)" in listed
    assert listed.count("<tr>") == 3, "a head and two questions"
    assert "Counts for nobody" in listed
    assert "Right for everybody" in listed
    csv = browser.get("/exams/bio/items.csv").getvalue().decode()
    assert sum(line.endswith(",,disregard") for line in csv.splitlines()) == 1
    told = api_of(bob).get("/api/v1/exams/bio/item-analysis/").json()["results"]
    assert {each["question"]: each["ruling"] for each in told if each["ruling"]} == {
        str(bank[1].pk): "disregard",
        str(bank[2].pk): "always_correct",
    }


def test_points_given_to_everybody_are_left_alone_by_the_figures(
    exam: Exam, people: list[User], bank: list[Question]
) -> None:
    decide(bank[1], RulingKind.ALWAYS_CORRECT)
    attempt = Attempt.objects.get(user=people[-1])
    assert attempt.items.get(question=bank[1]).score == 1
    found = item_statistics(bank[1])
    assert found.figures is not None
    assert found.figures.facility == pytest.approx(0.2), "ten of fifty were right"


def test_rulings_add_a_fixed_number_of_queries(
    exam: Exam,
    people: list[User],
    bank: list[Question],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for question in bank[1:4]:
        decide(question, RulingKind.DISREGARD)
        with django_assert_num_queries(6):
            analysis_of(exam)
