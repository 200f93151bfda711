"""What a learner can rely on when beginning a quiz."""

from datetime import timedelta

import pytest

from apps.accounts.models import User
from apps.bank.models import Question, Status
from apps.courses.models import Exam, Topic
from apps.quizzes.errors import TooFewQuestions
from apps.quizzes.models import Attempt, Blueprint, QuizKind
from apps.quizzes.services.attempts import offers, start_attempt
from tests.factories import NOW, make_question
from tests.quizzes.conftest import after


def begin(user: User, exam: Exam, kind: QuizKind = QuizKind.MOCK) -> Attempt:
    attempt, _ = start_attempt(user=user, exam=exam, kind=kind, now=NOW)
    return attempt


def test_a_mock_exam_follows_the_rules_of_the_exam(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    attempt = begin(carol, exam)
    assert (attempt.question_count, attempt.minutes, attempt.pass_mark) == (10, 20, 70)
    assert attempt.deadline == NOW + timedelta(minutes=20)
    assert [item.index for item in attempt.items.all()] == list(range(1, 11))


def test_a_mock_exam_holds_each_domain_by_its_weight(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    domains = [item.domain for item in begin(carol, exam).items.all()]
    assert (domains.count("Cells"), domains.count("Organs")) == (5, 5)


def test_quick_practice_has_ten_questions_and_no_deadline(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    attempt = begin(carol, exam, QuizKind.QUICK)
    assert (attempt.question_count, attempt.deadline) == (10, None)


def test_an_exam_may_have_blueprints_of_its_own(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    Blueprint.objects.create(
        exam=exam, name="Short mock", kind=QuizKind.MOCK, question_count=6, minutes=12
    )
    attempt = begin(carol, exam)
    assert (attempt.question_count, attempt.minutes) == (6, 12)
    assert offers(user=carol, exam=exam)[1].name == "Short mock"


def test_a_short_bank_gives_a_short_mock_exam_with_as_long_for_each_question(
    carol: User, exam: Exam, topic: Topic
) -> None:
    for _ in range(5):
        make_question(topic)
    attempt = begin(carol, exam)
    assert (attempt.question_count, attempt.minutes) == (5, 10)


def test_without_enough_questions_there_is_no_quiz(carol: User, exam: Exam, topic: Topic) -> None:
    for _ in range(4):
        make_question(topic)
    assert offers(user=carol, exam=exam) == []
    with pytest.raises(TooFewQuestions):
        begin(carol, exam)
    assert not Attempt.objects.exists()


def test_only_published_questions_and_your_own_are_asked(
    carol: User, dave: User, exam: Exam, topic: Topic
) -> None:
    asked = {make_question(topic).pk for _ in range(5)} | {make_question(topic, owner=carol).pk}
    make_question(topic, status=Status.DRAFT)
    make_question(topic, owner=dave)
    attempt = begin(carol, exam)
    assert set(attempt.items.values_list("question", flat=True)) == asked


def test_beginning_twice_goes_on_with_the_running_quiz(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    first, is_new = start_attempt(user=carol, exam=exam, kind=QuizKind.MOCK, now=NOW)
    again, is_new_again = start_attempt(
        user=carol, exam=exam, kind=QuizKind.MOCK, now=after(minutes=5)
    )
    assert (is_new, is_new_again) == (True, False)
    assert (again, again.deadline) == (first, first.deadline)
    assert begin(carol, exam, QuizKind.QUICK) != first


def test_after_the_time_is_up_a_new_quiz_begins(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    first = begin(carol, exam)
    second, is_new = start_attempt(user=carol, exam=exam, kind=QuizKind.MOCK, now=after(minutes=30))
    first.refresh_from_db()
    assert is_new
    assert second != first
    assert first.submitted_at == first.deadline


def test_the_next_quiz_prefers_questions_you_have_not_met(
    carol: User, exam: Exam, topic: Topic
) -> None:
    Blueprint.objects.create(exam=exam, name="Six", kind=QuizKind.QUICK, question_count=6)
    Blueprint.objects.create(exam=exam, name="Six", kind=QuizKind.MOCK, question_count=6)
    for _ in range(12):
        make_question(topic)
    one, other = begin(carol, exam), begin(carol, exam, QuizKind.QUICK)
    met = set(one.items.values_list("question", flat=True))
    assert not met & set(other.items.values_list("question", flat=True))


def test_another_learners_attempts_do_not_change_your_draw_or_your_offers(
    carol: User, bob: User, exam: Exam, bank: list[Question]
) -> None:
    begin(bob, exam)
    assert [offer.running for offer in offers(user=carol, exam=exam)] == [None, None]


def test_an_account_can_be_deleted_with_its_questions_and_attempts(
    carol: User, exam: Exam, topic: Topic
) -> None:
    for _ in range(6):
        make_question(topic, owner=carol)
    begin(carol, exam)
    carol.delete()
    assert not Attempt.objects.exists()
    assert not Question.objects.exists()
