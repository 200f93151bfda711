"""How a quiz ends, and that what was marked stays as it is."""

import pytest

from apps.accounts.models import User
from apps.bank.models import Question
from apps.bank.services.items import ChoiceText, save_question
from apps.courses.models import Exam
from apps.notes.models import Note, NoteVersion
from apps.quizzes.errors import NotSubmitted
from apps.quizzes.models import Attempt, QuizKind
from apps.quizzes.services.answers import record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import close_expired, submit
from apps.quizzes.services.results import ItemResult, Results, results_of
from apps.quizzes.tasks import close_expired_attempts
from tests.factories import NOW
from tests.quizzes.conftest import after, answer, item_of, right, wrong


def give(attempt: Attempt, right_ones: int) -> None:
    """Answer so many questions rightly and the others wrongly."""
    items = attempt.items.select_related("question_version")
    events = [
        answer(item, right(item) if place < right_ones else wrong(item))
        for place, item in enumerate(items)
    ]
    record_answers(attempt=attempt, events=events, now=NOW)


def marked(attempt: Attempt) -> Results:
    return results_of(attempt=submit(attempt=attempt, now=NOW))


def result_of(results: Results, kind: str) -> ItemResult:
    return next(item for item in results.items if item.kind == kind)


@pytest.mark.parametrize(("right_ones", "passed"), [(10, True), (7, True), (6, False), (0, False)])
def test_reaching_the_pass_mark_passes(mock_exam: Attempt, right_ones: int, passed: bool) -> None:
    give(mock_exam, right_ones)
    attempt = submit(attempt=mock_exam, now=NOW)
    assert (attempt.points, attempt.percent) == (right_ones, right_ones * 10)
    assert attempt.passed is passed


def test_a_score_just_below_the_pass_mark_is_not_shown_as_reaching_it(
    mock_exam: Attempt,
) -> None:
    mock_exam.items.filter(index__gt=3).delete()
    mock_exam.pass_mark = 67
    mock_exam.save()
    give(mock_exam, 2)
    attempt = submit(attempt=mock_exam, now=NOW)
    assert (attempt.percent, attempt.passed) == (66.6, False)


def test_an_unanswered_question_is_wrong(mock_exam: Attempt) -> None:
    results = marked(mock_exam)
    assert results.attempt.points == 0
    assert all(item.your_answer == [] and not item.is_right for item in results.items)


def test_results_tell_each_domain_apart(mock_exam: Attempt) -> None:
    for item in mock_exam.items.filter(domain="Cells").select_related("question_version"):
        record_answers(attempt=mock_exam, events=[answer(item, right(item))], now=NOW)
    domains = {domain.title: domain for domain in marked(mock_exam).domains}
    assert (domains["Cells"].points, domains["Cells"].total) == (5, 5)
    assert (domains["Organs"].points, domains["Organs"].total) == (0, 5)


def test_results_tell_your_answer_the_right_one_and_why(mock_exam: Attempt) -> None:
    item = item_of(mock_exam, "single")
    record_answers(attempt=mock_exam, events=[answer(item, wrong(item))], now=NOW)
    results = marked(mock_exam)
    result = results.items[item.index - 1]
    assert result.your_answer[0] in {"Wrong", "Also wrong"}
    assert result.right_answer == ["Right"]
    assert result.explanation == "Because the notes say so."
    assert {option.why for option in result.options} == {
        "It is so.",
        "It is not.",
        "Neither is this.",
    }


def test_results_quote_the_line_of_your_notes(mock_exam: Attempt) -> None:
    sources = [source for item in marked(mock_exam).items for source in item.sources]
    assert sources == [
        {
            "note_id": Note.objects.get().pk,
            "note": "cells.txt",
            "page": None,
            "first_line": 3,
            "last_line": 3,
            "text": "It is so.",
        }
    ]


def test_a_line_of_a_pdf_is_quoted_with_its_page(mock_exam: Attempt) -> None:
    version = NoteVersion.objects.get()
    version.pages = [1, 2]
    version.save()
    pages = [source["page"] for item in marked(mock_exam).items for source in item.sources]
    assert pages == [2]


def test_results_from_before_pages_were_told_can_still_be_read(mock_exam: Attempt) -> None:
    submit(attempt=mock_exam, now=NOW)
    mock_exam.refresh_from_db()
    for sources in mock_exam.results["sources"].values():
        for source in sources:
            del source["page"]
    mock_exam.save()
    sources = [source for item in results_of(attempt=mock_exam).items for source in item.sources]
    assert [(source["first_line"], source["page"]) for source in sources] == [(3, None)]


def test_half_of_several_right_choices_earns_half_a_point_in_practice_only(
    carol: User, exam: Exam, mock_exam: Attempt
) -> None:
    practice, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.QUICK, now=NOW)
    for attempt in (practice, mock_exam):
        item = item_of(attempt, "multiple")
        record_answers(attempt=attempt, events=[answer(item, right(item)[:1])], now=NOW)
    assert result_of(marked(practice), "multiple").score == 0.5
    assert result_of(marked(mock_exam), "multiple").score == 0


def test_a_typed_answer_is_right_whatever_its_case(mock_exam: Attempt) -> None:
    item = item_of(mock_exam, "typed")
    sent = answer(item, ["the sinoatrial NODE"])
    record_answers(attempt=mock_exam, events=[sent], now=NOW)
    result = result_of(marked(mock_exam), "typed")
    assert result.is_right
    assert result.right_answer == ["Sinoatrial node"]


def test_handing_in_twice_marks_once(mock_exam: Attempt) -> None:
    give(mock_exam, 7)
    first = submit(attempt=mock_exam, now=after(minutes=5))
    again = submit(attempt=mock_exam, now=after(minutes=9))
    assert again.submitted_at == first.submitted_at == after(minutes=5)
    assert again.points == first.points


def test_results_stay_closed_until_the_paper_is_handed_in(mock_exam: Attempt) -> None:
    with pytest.raises(NotSubmitted):
        results_of(attempt=mock_exam)


def test_editing_a_question_later_does_not_change_a_past_attempt(
    mock_exam: Attempt, bank: list[Question]
) -> None:
    give(mock_exam, 7)
    before = marked(mock_exam)
    for question in bank:
        if question.kind == "single":
            question.stem = "Something else?"
            question.explanation = "Other reasons."
            question.passages.clear()
            choices = [ChoiceText("New", True), ChoiceText("Old"), ChoiceText("None")]
            save_question(question=question, author=None, choices=choices)
    attempt = Attempt.objects.get(pk=mock_exam.pk)
    assert results_of(attempt=attempt) == before


def test_editing_a_question_during_an_attempt_does_not_change_its_key(
    mock_exam: Attempt, bank: list[Question]
) -> None:
    item = item_of(mock_exam, "single")
    record_answers(attempt=mock_exam, events=[answer(item, right(item))], now=NOW)
    question = next(each for each in bank if each.pk == item.question_id)
    choices = [ChoiceText("Right"), ChoiceText("Wrong", True), ChoiceText("Also wrong")]
    save_question(question=question, author=None, choices=choices)
    assert marked(mock_exam).items[item.index - 1].is_right


def test_a_paper_left_alone_is_handed_in_when_its_time_is_over(mock_exam: Attempt) -> None:
    give(mock_exam, 8)
    assert close_expired(now=after(minutes=21)) == 0
    assert close_expired(now=after(minutes=21, seconds=1)) == 1
    mock_exam.refresh_from_db()
    assert mock_exam.submitted_at == after(minutes=20)
    assert (mock_exam.points, mock_exam.passed) == (8, True)


def test_the_worker_hands_in_by_itself(mock_exam: Attempt, now: object) -> None:
    close_expired_attempts()
    mock_exam.refresh_from_db()
    assert mock_exam.submitted_at is None
    now.move_to(after(minutes=30))  # type: ignore[attr-defined]
    close_expired_attempts()
    mock_exam.refresh_from_db()
    assert mock_exam.submitted_at == after(minutes=20)


def test_practice_without_a_limit_never_ends_by_itself(
    carol: User, exam: Exam, bank: list[Question]
) -> None:
    practice, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.QUICK, now=NOW)
    assert close_expired(now=after(days=365)) == 0
    practice.refresh_from_db()
    assert practice.submitted_at is None
