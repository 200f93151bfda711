"""Questions that belong to a case: what leaves with them, and what is named as lost."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Topic
from apps.exchange.questions.export import export_questions
from apps.exchange.questions.plan import plan_rows
from apps.exchange.tables.csv_file import read_csv
from apps.quizzes.models import Case
from tests.factories import make_question

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LOSS = "the case it is about stays behind: A patient"


@pytest.fixture
def cased(topic: Topic) -> list[Question]:
    """Two questions about a patient and one about nobody."""
    asked = [make_question(topic, stem) for stem in ("What first?", "What then?", "Who?")]
    case = Case.objects.create(exam=topic.exam, title="A patient", text="A man of 60 comes in.")
    for place, question in enumerate(asked[:2]):
        case.places.create(question=question, position=place)
    return asked


@pytest.mark.parametrize("form", ["gift", "xml", "aiken", "csv"])
def test_formats_that_know_no_cases_name_each_question_that_loses_its_own(
    client_of: ClientOf, alice: User, cased: list[Question], form: str
) -> None:
    page = client_of(alice).get("/exams/bio/questions/exchange/", {"form": form}).text
    assert page.count(LOSS) == 2
    assert "<strong>What first?</strong>: the case" in page
    assert "Nothing is lost." not in page


def test_qti_carries_cases(client_of: ClientOf, alice: User, cased: list[Question]) -> None:
    page = client_of(alice).get("/exams/bio/questions/exchange/", {"form": "qti"}).text
    assert "3 questions as QTI 3 package" in page
    assert "stays behind: A patient" not in page


def test_the_command_names_them_too(cased: list[Question], tmp_path: Path) -> None:
    said = StringIO()
    call_command("export_questions", "bio", str(tmp_path / "out.gift"), stdout=said, stderr=said)
    assert said.getvalue().count(LOSS) == 2


def test_what_comes_back_keeps_its_case(cased: list[Question], topic: Topic) -> None:
    read = read_csv(export_questions(exam=topic.exam, form="csv").data)
    rows = plan_rows(exam=topic.exam, entries=read.entries, lacks=read.lacks, default=("Cells",))
    assert [row.fate for row in rows] == ["same"] * 3
    assert Case.objects.get().places.count() == 2


def test_more_cases_do_not_make_more_queries(topic: Topic, cased: list[Question]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            export_questions(exam=topic.exam, form="gift")
        return len(asked)

    before = queries()
    for _ in range(5):
        case = Case.objects.create(exam=topic.exam, title="Another", text="She is well.")
        case.places.create(question=make_question(topic), position=0)
    assert queries() == before
