"""How questions do, for their authors: the table, a question's page, CSV, and beside the form."""

import csv
import io

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Question
from apps.courses.models import Exam, Topic
from apps.courses.permissions import make_instructor
from tests.factories import make_card, make_question
from tests.insights.cohort import all_sit, by_skill, cohort
from tests.web.conftest import SignIn

pytestmark = [pytest.mark.django_db]
URL = "/exams/bio/items/"


@pytest.fixture
def bank(topic: Topic) -> list[Question]:
    first = make_question(topic, "=1+1, or which is right?")
    return [first, *(make_question(topic) for _ in range(9))]


@pytest.fixture
def answered(exam: Exam, bank: list[Question]) -> Question:
    """The first question, with fifty first answers."""
    all_sit(exam, cohort(exam, 50), by_skill(bank[0]))
    return bank[0]


def test_it_works(client_of: SignIn, bob: User, answered: Question) -> None:
    page = client_of(bob).get(URL).text
    assert "10 questions" in page
    assert "10 to look at" in page
    assert "=1+1, or which is right?" in page
    assert "<td>60 %</td>" in page


def test_the_table_can_be_narrowed_to_what_needs_a_look(
    client_of: SignIn, bob: User, topic: Topic, answered: Question
) -> None:
    for number in range(3):
        make_question(topic, f"Nobody was asked this, number {number}?")
    browser = client_of(bob)
    every, flagged = (browser.get(URL, {"show": show}).text for show in ("", "flagged"))
    assert "All (13)" in every
    assert "To look at (10)" in every
    assert "Ruled" not in every
    assert (every.count("Nobody was asked"), flagged.count("Nobody was asked")) == (3, 0)
    assert "=1+1, or which is right?" in flagged
    assert "There are none." in browser.get(URL, {"show": "ruled"}).text


def test_an_exam_without_questions_says_what_to_do(
    client_of: SignIn, alice: User, exam: Exam
) -> None:
    assert "No questions yet" in client_of(alice).get(URL).text


def test_few_answers_are_a_count_of_thirty(
    client_of: SignIn, alice: User, bank: list[Question]
) -> None:
    page = client_of(alice).get(URL).text
    assert "0 of 30" in page
    assert "none flagged" in page
    one = client_of(alice).get(f"{URL}{bank[0].pk}/").text
    assert "0 first answers so far. From 30 on" in one


def test_a_question_has_a_page_of_its_own(
    client_of: SignIn, alice: User, answered: Question
) -> None:
    page = client_of(alice).get(f"{URL}{answered.pk}/").text
    assert "<dt>Facility</dt><dd>60 %</dd>" in page
    assert "A wrong choice is chosen by nearly nobody." in page
    assert "<strong>Right</strong> (right)" in page
    assert "Also wrong (not working)" in page


def test_the_figures_stand_beside_the_form(
    client_of: SignIn, alice: User, topic: Topic, answered: Question
) -> None:
    make_instructor(alice)
    browser = client_of(alice)
    page = browser.get(f"/admin/bank/question/{answered.pk}/change/").text
    assert "How learners do" in page
    assert "<dt>Facility</dt><dd>60 %</dd>" in page
    card = browser.get(f"/admin/bank/card/{make_card(topic).pk}/change/").text
    assert "How learners do" not in card
    assert "How learners do" not in browser.get("/admin/bank/question/add/").text


def test_the_table_can_be_taken_away_as_csv(
    client_of: SignIn, alice: User, answered: Question
) -> None:
    answer = client_of(alice).get("/exams/bio/items.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bio-items.csv"'
    body = answer.getvalue().decode()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(body))}
    mine = rows[str(answered.pk)]
    assert len(rows) == 10
    assert (mine["first_answers"], mine["facility"], mine["random_guess"]) == (
        "50",
        "0.6",
        "0.3333",
    )
    assert mine["flags"] == "dead"
    # No spreadsheet takes a question for a formula.
    assert mine["question"] == "'=1+1, or which is right?"


@pytest.mark.parametrize("address", [URL, "/exams/bio/items.csv"])
def test_only_who_may_author_the_exam_sees_it(
    client_of: SignIn, carol: User, mallory: User, exam: Exam, address: str
) -> None:
    assert client_of(carol).get(address).status_code == 404
    assert client_of(mallory).get(address).status_code == 404


def test_only_authors_are_led_there(
    client_of: SignIn, alice: User, carol: User, exam: Exam
) -> None:
    assert URL in client_of(alice).get("/exams/bio/").text
    assert URL not in client_of(carol).get("/exams/bio/").text


def test_a_learners_own_question_is_not_among_them(
    client_of: SignIn, alice: User, carol: User, topic: Topic
) -> None:
    own = make_question(topic, "My own?", owner=carol)
    browser = client_of(alice)
    assert "My own?" not in browser.get(URL).text
    assert browser.get(f"{URL}{own.pk}/").status_code == 404


def test_more_questions_do_not_make_more_queries(
    client_of: SignIn,
    alice: User,
    topic: Topic,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(60):
        make_question(topic)
    browser = client_of(alice)
    with django_assert_max_num_queries(8):
        browser.get(URL)
