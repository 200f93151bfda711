"""A bank goes out and comes back: here nothing changes, elsewhere all of it arrives."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.bank.models import Question, QuestionVersion
from apps.courses.models import Exam
from apps.courses.services import create_exam
from apps.exchange import documents
from apps.exchange.documents import QuestionKind
from apps.exchange.models import QuestionImport
from apps.exchange.questions.bank import course_questions
from apps.exchange.questions.export import EVERYTHING, export_questions
from tests.exchange.questions.many import made, store
from tests.factories import make_topic

MANY = 210


@pytest.fixture
def bank(exam: Exam) -> list[documents.Question]:
    """Thirty questions of each kind, published in the exam."""
    asked = made(MANY)
    cells = make_topic(exam, "Cells", weight=100)
    parts = sorted({each.topic for each in asked})
    store(asked, {path: make_topic(exam, path[1], parent=cells) for path in parts})
    assert Counter(each.kind for each in asked) == dict.fromkeys(QuestionKind, MANY // 7)
    return asked


def bring_in(path: Path, exam: Exam, author: User) -> QuestionImport:
    call_command("import_questions", str(path), exam=exam.code, author=author.email)
    return QuestionImport.objects.filter(exam=exam).first() or pytest.fail("no import")


@pytest.mark.parametrize("form", ["gift", "xml", "csv"])
def test_out_and_in_again_changes_nothing(
    bank: list[documents.Question], exam: Exam, alice: User, tmp_path: Path, form: str
) -> None:
    before = list(Question.objects.order_by("pk").values("pk", "version", "topic", "stem"))
    path = tmp_path / f"bank.{form}"
    call_command("export_questions", exam.code, str(path))
    run = bring_in(path, exam, alice)
    assert run.counts == {"same": MANY}
    assert list(Question.objects.order_by("pk").values("pk", "version", "topic", "stem")) == before
    assert QuestionVersion.objects.count() == MANY


@pytest.mark.parametrize("form", ["gift", "xml", "csv"])
def test_all_of_it_arrives_elsewhere_and_a_second_time_changes_nothing(
    bank: list[documents.Question], exam: Exam, alice: User, tmp_path: Path, form: str
) -> None:
    other = create_exam(owner=alice, code="twin", title="Twin")
    path = tmp_path / f"bank.{form}"
    call_command("export_questions", exam.code, str(path))
    assert bring_in(path, other, alice).counts == {"new": MANY}
    there = {each.stem: replace(each, id="") for each in course_questions(other, EVERYTHING)}
    assert there == {each.stem: replace(each.tidied, id="") for each in bank}
    assert set(other.questions.values_list("status", "version")) == {("draft", 1)}
    assert bring_in(path, other, alice).counts == {"same": MANY}


def test_aiken_brings_single_choices_back_without_losing_what_it_cannot_say(
    bank: list[documents.Question], exam: Exam, alice: User, tmp_path: Path
) -> None:
    path = tmp_path / "bank.txt"
    call_command("export_questions", exam.code, str(path))
    written = export_questions(exam=exam, form="aiken")
    assert 0 < written.count < MANY
    assert written.count + written.left_out == MANY
    run = bring_in(path, exam, alice)
    assert run.counts == {"same": written.count}


def test_what_a_format_cannot_hold_is_named(bank: list[documents.Question], exam: Exam) -> None:
    assert export_questions(exam=exam, form="csv").losses == ()
    gift = export_questions(exam=exam, form="gift")
    tagged = [
        each for each in bank if each.accepted in {("15 minutes", "900 s"), ("about 7", "7 kg")}
    ]
    assert {loss.id for loss in gift.losses} == {each.id for each in tagged}
    assert all("GIFT has no such kind" in loss.what for loss in gift.losses)
    xml = export_questions(exam=exam, form="xml")
    worded = [each for each in bank if each.accepted == ("about 7", "7 kg")]
    assert {loss.id for loss in xml.losses} == {each.id for each in worded}
