"""Practice of every kind: a topic, the weakest, what was missed, one's own choice, wrong ones."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind
from apps.courses.models import Exam, Topic
from apps.quizzes.errors import TooFewQuestions
from apps.quizzes.models import Attempt, Case, CaseQuestion, QuizKind
from apps.quizzes.selection import Met, Selection
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import submit
from tests.factories import NOW, make_question, make_topic
from tests.quizzes.conftest import after, answer, right, wrong


def begin(user: User, exam: Exam, kind: QuizKind, *, at: datetime = NOW, **chosen: Any) -> Attempt:
    attempt, _ = start_attempt(
        user=user, exam=exam, kind=kind, now=at, selection=Selection(**chosen)
    )
    return attempt


def asked(attempt: Attempt) -> set[UUID | None]:
    return set(attempt.items.values_list("question", flat=True))


def finish(attempt: Attempt, wrong_ones: set[UUID]) -> Attempt:
    """Answer everything rightly but these questions, and hand in."""
    events = [
        answer(item, wrong(item) if item.question_id in wrong_ones else right(item))
        for item in attempt.items.select_related("question_version")
    ]
    record_answers(attempt=attempt, events=events, now=NOW)
    return submit(attempt=attempt, now=NOW)


def test_learning_a_topic_asks_it_and_all_below_it(
    carol: User, exam: Exam, topic: Topic, bank: list[Question]
) -> None:
    below = make_topic(exam, "Membranes", parent=topic)
    deep = make_question(below)
    attempt = begin(carol, exam, QuizKind.TOPIC, topics=(topic.pk,))
    assert attempt.name == "Learn: Cells"
    wanted = {each.pk for each in bank if each.topic_id == topic.pk} | {deep.pk}
    assert asked(attempt) == wanted
    assert asked(begin(carol, exam, QuizKind.TOPIC, topics=(below.pk,))) == {deep.pk}


def test_learning_another_topic_is_another_quiz_and_the_same_topic_goes_on(
    carol: User, exam: Exam, topic: Topic, bank: list[Question]
) -> None:
    organs = Topic.objects.get(title="Organs")
    first = begin(carol, exam, QuizKind.TOPIC, topics=(topic.pk,))
    assert begin(carol, exam, QuizKind.TOPIC, topics=(topic.pk,)) == first
    assert begin(carol, exam, QuizKind.TOPIC, topics=(organs.pk,)) != first


def test_somebody_elses_topic_is_not_learnt(
    carol: User, dave: User, exam: Exam, bank: list[Question]
) -> None:
    secret = make_topic(exam, "Dave's", owner=dave)
    make_question(secret, owner=dave)
    with pytest.raises(TooFewQuestions):
        begin(carol, exam, QuizKind.TOPIC, topics=(secret.pk,))


def test_missed_asks_what_was_wrong_the_last_time_and_nothing_else(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    with pytest.raises(TooFewQuestions):
        begin(carol, exam, QuizKind.MISSED)
    missed = {bank[0].pk, bank[4].pk}
    finish(begin(carol, exam, QuizKind.QUICK), missed)
    again = begin(carol, exam, QuizKind.MISSED, at=after(hours=1))
    assert asked(again) == missed
    finish(again, {bank[4].pk})
    assert asked(begin(carol, exam, QuizKind.MISSED)) == {bank[4].pk}


def test_wrong_ones_of_one_attempt_can_be_tried_again(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    first = finish(begin(carol, exam, QuizKind.QUICK), {bank[1].pk, bank[2].pk})
    again = begin(carol, exam, QuizKind.RETRY, of=first.pk)
    assert asked(again) == {bank[1].pk, bank[2].pk}


def test_another_learners_attempt_cannot_be_tried_again(
    carol: User, bob: User, exam: Exam, bank: list[Question]
) -> None:
    first = finish(begin(carol, exam, QuizKind.QUICK), {bank[1].pk})
    with pytest.raises(TooFewQuestions):
        begin(bob, exam, QuizKind.RETRY, of=first.pk)


def test_weakest_asks_the_topic_answered_worst(
    carol: User, exam: Exam, topic: Topic, bank: list[Question]
) -> None:
    cells = {each.pk for each in bank if each.topic_id == topic.pk}
    finish(begin(carol, exam, QuizKind.QUICK), cells)
    attempt = begin(carol, exam, QuizKind.WEAKEST, count=len(cells))
    assert asked(attempt) == cells


def test_a_quiz_of_ones_own_choice_keeps_to_it(
    carol: User, exam: Exam, topic: Topic, bank: list[Question]
) -> None:
    singles = {each.pk for each in bank if each.kind == QuestionKind.SINGLE}
    attempt = begin(
        carol,
        exam,
        QuizKind.CUSTOM,
        topics=(topic.pk,),
        kinds=(QuestionKind.SINGLE,),
        count=2,
        minutes=4,
    )
    assert attempt.question_count == 2
    assert asked(attempt) < singles
    assert attempt.deadline == after(minutes=4)
    rest = begin(carol, exam, QuizKind.CUSTOM, met=Met.UNSEEN, count=50)
    assert not asked(rest) & asked(attempt)
    assert len(asked(rest)) == len(bank) - 2
    seen = begin(carol, exam, QuizKind.CUSTOM, met=Met.SEEN, count=50)
    assert asked(seen) == {each.pk for each in bank}


def test_only_practice_tells_answers_before_the_end_and_gives_parts_of_a_point(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    mock, weakest = (begin(carol, exam, kind) for kind in (QuizKind.MOCK, QuizKind.WEAKEST))
    assert (mock.tells_at_once, mock.credit) == (False, "exact")
    assert (weakest.tells_at_once, weakest.credit) == (True, "proportional")


def test_the_questions_of_a_case_come_together_below_its_text(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    case = Case.objects.create(exam=exam, title="A patient", text="A man of 60 comes in.")
    for place, question in enumerate((bank[5], bank[3], bank[4])):
        CaseQuestion.objects.create(case=case, question=question, position=place)
    items = list(begin(carol, exam, QuizKind.MOCK).items.all())
    inside = [item for item in items if item.stimulus]
    assert [item.question_id for item in inside] == [bank[5].pk, bank[3].pk, bank[4].pk]
    assert inside[-1].index - inside[0].index == 2
    case.text = "Something else."
    case.save()
    assert {item.stimulus for item in items} == {"", "A man of 60 comes in."}


def test_the_pages_begin_every_kind(
    carol: User, exam: Exam, topic: Topic, bank: list[Question], client_of: Callable[[User], Client]
) -> None:
    browser = client_of(carol)
    url = "/exams/bio/quizzes/start/"
    kinds = {
        "topic": {"topic": topic.pk},
        "weakest": {},
        "custom": {"topics": [topic.pk], "kinds": ["single"], "met": "unseen", "count": 3},
    }
    for kind, chosen in kinds.items():
        place = browser.post(url, {"kind": kind, **chosen}).headers["Location"]
        assert browser.get(place).status_code == 200
    page = browser.get("/exams/bio/quizzes/").content.decode()
    assert "Learn: Cells" in page
    first = finish(begin(carol, exam, QuizKind.QUICK), {bank[0].pk})
    assert "/attempts/" in browser.post(url, {"kind": "missed"}).headers["Location"]
    retried = browser.post(url, {"kind": "retry", "of": first.pk})
    assert "/attempts/" in retried.headers["Location"]


def test_a_choice_that_cannot_be_is_told_beside_its_field(
    carol: User, exam: Exam, bank: list[Question], client_of: Callable[[User], Client]
) -> None:
    browser = client_of(carol)
    page = browser.post("/exams/bio/quizzes/start/", {"kind": "custom", "count": 0})
    assert "greater than or equal to 1" in page.content.decode()
    assert (
        browser.post("/exams/bio/quizzes/start/", {"kind": "retry", "of": "x"}).status_code == 404
    )
    assert not Attempt.objects.exists()
