"""What a mock exam did to a learner's readiness, as its results tell it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.insights.effect import effect_of
from apps.insights.readiness import readiness_of
from apps.quizzes.models import Attempt, QuizKind, RulingKind
from apps.quizzes.services.regrading import rule
from apps.study.models import Enrolment
from tests.factories import NOW, make_enrolment, make_question
from tests.insights.sitting import right, sit, wrong

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def bank(topic: Topic) -> None:
    for _ in range(40):
        make_question(topic)


@pytest.fixture
def second_mock(bank: None, carol: User, exam: Exam, enrolment: Enrolment) -> Attempt:
    """Carol's second mock exam of ten, all wrong, after twenty right answers."""
    sit(carol, exam, right, at=NOW - timedelta(hours=5))
    sit(carol, exam, right, kind=QuizKind.MOCK, at=NOW - timedelta(hours=3))
    return sit(carol, exam, wrong, kind=QuizKind.MOCK)


def page_of(client_of: ClientOf, attempt: Attempt) -> str:
    text = client_of(attempt.user).get(f"/attempts/{attempt.pk}/results/").text
    return " ".join(text.split())


def test_without_an_attempt_readiness_is_what_it_was_before_it(
    bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for hours in (9, 7):
        sit(carol, exam, right, at=NOW - timedelta(hours=hours))
    before = readiness_of(enrolment, now=LATER)
    attempt = sit(carol, exam, wrong, kind=QuizKind.MOCK)
    found = effect_of(attempt, enrolment, now=LATER)
    assert found.counted == 10
    assert found.without == before
    assert found.readiness == readiness_of(enrolment, now=LATER)
    assert found.readiness.level is not None
    assert before.level is not None
    assert found.readiness.level.value < before.level.value


def test_questions_met_in_this_attempt_alone_are_new_without_it(
    bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    attempt = sit(carol, exam, right, kind=QuizKind.MOCK)
    found = effect_of(attempt, enrolment, now=LATER)
    assert (found.without.answered, found.without.missing) == (0, 20)
    assert (found.readiness.answered, found.readiness.missing) == (10, 10)


def test_the_results_tell_both_and_lead_to_the_statistics(
    client_of: ClientOf, second_mock: Attempt
) -> None:
    page = page_of(client_of, second_mock)
    assert "How ready you are" in page
    assert "10 first answers of this paper count towards it." in page
    assert "Without this paper it would be" in page
    assert "20 of 30" in page, "the evidence: right ones of the first answers"
    assert 'href="/stats/?exam=bio"' in page
    for scaled in ("720", "1000", "scaled"):
        assert scaled not in page.replace(str(second_mock.pk), "")


def test_a_paper_of_questions_met_before_changes_nothing(
    client_of: ClientOf, topic: Topic, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    for _ in range(10):
        make_question(topic)
    sit(carol, exam, right, at=NOW - timedelta(hours=5))
    again = sit(carol, exam, wrong, kind=QuizKind.MOCK)
    assert effect_of(again, enrolment, now=LATER).counted == 0
    assert "only a first answer counts" in page_of(client_of, again)


def test_the_first_paper_that_gives_an_estimate_says_so(
    client_of: ClientOf, bank: None, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    few = sit(carol, exam, right, kind=QuizKind.MOCK, at=NOW - timedelta(hours=5))
    assert "Answer <strong>10 more new questions</strong>" in page_of(client_of, few)
    enough = sit(carol, exam, right, kind=QuizKind.MOCK)
    page = page_of(client_of, enough)
    assert "Without this paper there would not be enough evidence for an estimate." in page


def test_what_a_ruling_took_is_no_evidence(second_mock: Attempt, enrolment: Enrolment) -> None:
    item = second_mock.items.select_related("question").get(index=1)
    assert item.question is not None
    rule(
        question=item.question,
        kind=RulingKind.DISREGARD,
        reason="It was unclear.",
        made_by=None,
        now=NOW,
    )
    assert effect_of(second_mock, enrolment, now=LATER).counted == 9


def test_practice_and_exams_not_studied_have_no_such_part(
    client_of: ClientOf, bank: None, carol: User, bob: User, exam: Exam, enrolment: Enrolment
) -> None:
    practice = sit(carol, exam, right)
    unstudied = sit(bob, exam, right, kind=QuizKind.MOCK)
    for attempt in (practice, unstudied):
        assert "How ready you are" not in page_of(client_of, attempt)


def test_the_readiness_is_the_learners_own(
    client_of: ClientOf, second_mock: Attempt, bob: User, exam: Exam
) -> None:
    theirs = make_enrolment(bob, exam)
    sit(bob, exam, right, kind=QuizKind.MOCK)
    assert client_of(bob).get(f"/attempts/{second_mock.pk}/results/").status_code == 404
    assert readiness_of(theirs, now=LATER).answered == 10


def test_more_answers_do_not_make_more_queries(
    second_mock: Attempt,
    enrolment: Enrolment,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        effect_of(second_mock, enrolment, now=LATER)
