"""A question found to be at fault after it was answered: ruled, marked again, and told."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Question
from apps.bank.services.items import ChoiceText, save_question
from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.courses.permissions import make_instructor
from apps.quizzes.errors import OtherQuestion
from apps.quizzes.models import Attempt, Fault, QuizKind, Regrade, Report, Ruling, RulingKind
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import submit
from apps.quizzes.services.regrading import rule
from tests.factories import NOW
from tests.quizzes.conftest import answer, right, wrong


@pytest.fixture
def marked(mock_exam: Attempt, bank: list[Question]) -> Attempt:
    """Carol's mock exam, handed in: 6 of 10, the first question of the bank wrong."""
    events = [
        answer(item, wrong(item) if item.question_id in {q.pk for q in bank[:4]} else right(item))
        for item in mock_exam.items.select_related("question_version")
    ]
    record_answers(attempt=mock_exam, events=events, now=NOW)
    return submit(attempt=mock_exam, now=NOW)


def decide(question: Question, kind: RulingKind, by: User | None = None) -> Ruling:
    return rule(question=question, kind=kind, reason="It was unclear.", made_by=by, now=NOW)


@pytest.mark.parametrize(
    ("kind", "points", "percent", "passed"),
    [
        (RulingKind.ALWAYS_CORRECT, 7, 70, True),
        (RulingKind.DISREGARD, 6, 66.6, False),
        (RulingKind.AS_WRITTEN, 6, 60, False),
    ],
)
def test_a_ruling_marks_handed_in_papers_again(
    marked: Attempt,
    bank: list[Question],
    kind: RulingKind,
    points: float,
    percent: float,
    passed: bool,
) -> None:
    ruling = decide(bank[0], kind)
    marked.refresh_from_db()
    assert (marked.points, marked.percent, marked.passed) == (points, percent, passed)
    changes = [(each.percent_before, each.percent_after) for each in ruling.regrades.all()]
    assert changes == ([] if kind == RulingKind.AS_WRITTEN else [(60, percent)])


def test_a_disregarded_question_counts_in_no_topic_either(
    marked: Attempt, bank: list[Question]
) -> None:
    decide(bank[0], RulingKind.DISREGARD)
    marked.refresh_from_db()
    totals = {row["title"]: row["total"] for row in marked.results["domains"]}
    assert totals == {"Cells": 4, "Organs": 5}


def test_a_wrong_key_that_was_mended_gives_the_point_to_who_was_right(
    marked: Attempt, bank: list[Question]
) -> None:
    given = marked.items.get(question=bank[0])
    chosen = next(
        choice["text"]
        for place, choice in enumerate(given.question_version.content["choices"])
        if f"o{given.choice_order.index(place) + 1}" in given.response
    )
    texts = ("Also wrong", "Right", "Wrong")
    choices = [ChoiceText(text, text == chosen, "Now known.") for text in texts]
    save_question(question=bank[0], author=None, choices=choices)
    marked.refresh_from_db()
    assert marked.points == 6, "mending a question does not mark anything by itself"
    decide(bank[0], RulingKind.NEW_KEY)
    marked.refresh_from_db()
    assert marked.points == 7


def test_other_choices_are_another_question_and_nothing_is_marked(
    marked: Attempt, bank: list[Question]
) -> None:
    choices = [ChoiceText("New", True), ChoiceText("Old"), ChoiceText("None")]
    save_question(question=bank[0], author=None, choices=choices)
    with pytest.raises(OtherQuestion):
        decide(bank[0], RulingKind.NEW_KEY)
    assert not Ruling.objects.exists()


def reworded(question: Question, texts: tuple[str, ...] = ("New", "Old", "None")) -> None:
    """Give the question other choices, of which the first is right."""
    choices = [ChoiceText(text, text == texts[0], "Now known.") for text in texts]
    save_question(question=question, author=None, choices=choices)


@pytest.mark.parametrize("kind", [RulingKind.ALWAYS_CORRECT, RulingKind.DISREGARD])
def test_a_question_reworded_after_a_ruling_counts_again(
    marked: Attempt, bank: list[Question], carol: User, exam: Exam, kind: RulingKind
) -> None:
    decide(bank[0], kind)
    reworded(bank[0])
    later, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.MOCK, now=NOW)
    submit(attempt=later, now=NOW)
    assert later.items.get(question=bank[0]).ruling == RulingKind.AS_WRITTEN
    later.refresh_from_db()
    assert (later.points, later.percent) == (0, 0)
    assert marked.items.get(question=bank[0]).ruling == kind, "those who met the old words keep it"


@pytest.mark.parametrize("texts", [("Wrong", "Right", "Also wrong"), ("New", "Old", "None")])
def test_a_key_mended_twice_is_the_newest_for_who_meets_it_then(
    marked: Attempt, bank: list[Question], carol: User, exam: Exam, texts: tuple[str, ...]
) -> None:
    reworded(bank[0], ("Also wrong", "Right", "Wrong"))
    decide(bank[0], RulingKind.NEW_KEY)
    reworded(bank[0], texts)
    later, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.MOCK, now=NOW)
    items = list(later.items.select_related("question_version"))
    events = [answer(item, right(item)) for item in items]
    record_answers(attempt=later, events=events, now=NOW)
    assert submit(attempt=later, now=NOW).points == 10


def test_a_key_that_does_not_fit_a_running_paper_is_refused_before_it_harms(
    mock_exam: Attempt, bank: list[Question]
) -> None:
    reworded(bank[0])
    with pytest.raises(OtherQuestion):
        decide(bank[0], RulingKind.NEW_KEY)
    assert submit(attempt=mock_exam, now=NOW).points == 0


def test_taking_a_ruling_back_restores_every_result(marked: Attempt, bank: list[Question]) -> None:
    before = (marked.points, marked.percent, marked.passed, marked.results)
    decide(bank[0], RulingKind.ALWAYS_CORRECT)
    decide(bank[0], RulingKind.AS_WRITTEN)
    marked.refresh_from_db()
    assert (marked.points, marked.percent, marked.passed, marked.results) == before
    assert Regrade.objects.count() == 2, "both changes are kept"


def test_a_paper_handed_in_later_follows_the_ruling(
    mock_exam: Attempt, bank: list[Question]
) -> None:
    ruling = decide(bank[0], RulingKind.ALWAYS_CORRECT)
    assert submit(attempt=mock_exam, now=NOW).points == 1
    assert not ruling.regrades.exists()


def test_a_paper_of_nothing_but_faults_fails_nobody(
    mock_exam: Attempt, bank: list[Question]
) -> None:
    for question in bank:
        decide(question, RulingKind.DISREGARD)
    attempt = submit(attempt=mock_exam, now=NOW)
    assert (attempt.points, attempt.percent, attempt.passed) == (0, 100, True)


def test_a_ruling_says_why(marked: Attempt, bank: list[Question]) -> None:
    with pytest.raises(DomainError):
        rule(question=bank[0], kind=RulingKind.DISREGARD, reason=" ", made_by=None, now=NOW)


def test_an_instructor_rules_in_the_authoring_pages_and_the_learner_is_told(
    marked: Attempt,
    bank: list[Question],
    alice: User,
    carol: User,
    client_of: Callable[[User], Client],
) -> None:
    make_instructor(alice)
    desk = client_of(alice)
    sent = {"question": bank[0].pk, "kind": "always_correct", "reason": "Two were right."}
    assert "Reword the question afterwards" in desk.get("/admin/quizzes/ruling/add/").text
    page = desk.post("/admin/quizzes/ruling/add/", sent, follow=True)
    assert "Marked again: 1 results changed." in page.content.decode()
    assert Ruling.objects.get().made_by == alice
    told = client_of(carol).get(f"/attempts/{marked.pk}/results/").content.decode()
    assert "60 % became 70 %. Two were right." in told
    assert "everybody gets its point" in told


def test_a_learner_reports_a_fault_and_an_instructor_puts_it_away(
    marked: Attempt, alice: User, carol: User, client_of: Callable[[User], Client]
) -> None:
    learner, desk = client_of(carol), client_of(alice)
    make_instructor(alice)
    url = f"/attempts/{marked.pk}/items/1/fault/"
    assert "The right answer is not right" in learner.get(url).content.decode()
    for words in ("See line 3.", "See line 4."):
        learner.post(url, {"fault": "wrong_key", "words": words})
    report = Report.objects.get()
    assert (report.fault, report.words, report.user) == (Fault.WRONG_KEY, "See line 4.", carol)
    listed = "/admin/quizzes/report/"
    assert "See line 4." in desk.get(listed).content.decode()
    desk.post(listed, {"action": "settle", "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert report.is_settled


def test_reports_reach_who_edits_the_exam_where_they_are_at_work(
    marked: Attempt, bob: User, carol: User, client_of: Callable[[User], Client]
) -> None:
    learner, editor = client_of(carol), client_of(bob)
    learner.post(f"/attempts/{marked.pk}/items/1/fault/", {"fault": "unclear", "words": "Which?"})
    assert "report a fault in 1 question." in editor.get("/exams/bio/").text
    assert "report a fault" not in learner.get("/exams/bio/").text
    page = editor.get("/exams/bio/suggestions/").text
    assert "Which?" in page
    report = Report.objects.get()
    assert f"/admin/quizzes/ruling/add/?question={report.question_id}" in page
    assert "Which?" not in learner.get("/exams/bio/suggestions/").text
    assert learner.post(f"/reports/{report.pk}/settle/").status_code == 404
    after = editor.post(f"/reports/{report.pk}/settle/", follow=True).text
    assert "Which?" not in after
    assert "report a fault" not in editor.get("/exams/bio/").text


def test_no_fault_is_reported_while_the_answer_is_secret(
    mock_exam: Attempt, carol: User, client_of: Callable[[User], Client]
) -> None:
    url = f"/attempts/{mock_exam.pk}/items/1/fault/"
    page = client_of(carol).get(url)
    assert page.headers["Location"] == f"/attempts/{mock_exam.pk}/"
    client_of(carol).post(url, {"fault": "unclear"})
    assert not Report.objects.exists()
