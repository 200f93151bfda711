"""Looking over the drafts of an exam or of a note."""

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Status
from apps.courses.models import Exam, Topic
from apps.notes.models import NoteVersion
from tests.factories import make_card, make_question, make_version
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ADDRESS = "/exams/bio/triage/"


def test_a_draft_stands_beside_its_line(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    make_card(topic, "What builds proteins?", status=Status.DRAFT, version=version, line=3)
    page = client_of(bob).get(ADDRESS).text
    assert "What builds proteins?" in page
    assert "<mark>Ribosomes build proteins.</mark>" in page
    assert "Mitochondria make ATP." in page


def test_drafts_of_one_note_and_of_the_whole_exam(
    client_of: SignIn, bob: User, topic: Topic, exam: Exam, version: NoteVersion
) -> None:
    make_card(topic, "From the note?", status=Status.DRAFT, version=version)
    make_card(topic, "From elsewhere?", status=Status.DRAFT, version=make_version(exam, "Other"))
    make_question(topic, "Which of these?", status=Status.DRAFT)
    browser = client_of(bob)
    whole = browser.get(ADDRESS).text
    of_note = browser.get(f"{ADDRESS}?note={version.note_id}").text
    assert all(words in whole for words in ("From the note?", "From elsewhere?", "Which of these?"))
    assert "From the note?" in of_note
    assert "From elsewhere?" not in of_note


def test_a_learner_decides_about_no_draft_but_their_own(
    client_of: SignIn, carol: User, topic: Topic
) -> None:
    make_card(topic, "The course's?", status=Status.DRAFT)
    make_card(topic, "My own?", status=Status.DRAFT, owner=carol)
    page = client_of(carol).get(ADDRESS).text
    assert "My own?" in page
    assert "The course&#x27;s?" not in page


def test_nothing_to_look_over_says_what_to_do(client_of: SignIn, bob: User, exam: Exam) -> None:
    page = client_of(bob).get(ADDRESS).text
    assert "Nothing waits for your look" in page
    assert "/exams/bio/notes/add/" in page


def test_many_drafts_come_in_pages(client_of: SignIn, bob: User, topic: Topic) -> None:
    for _ in range(99):
        make_card(topic, status=Status.DRAFT)
    for number in range(3):
        make_question(topic, f"Question of page {number}", status=Status.DRAFT)
    browser = client_of(bob)
    assert "Question of page 0" in browser.get(ADDRESS).text
    assert "Question of page 2" not in browser.get(ADDRESS).text
    assert "Question of page 2" in browser.get(f"{ADDRESS}?page=2").text


def test_the_words_of_a_draft_are_never_taken_for_html(
    client_of: SignIn, bob: User, topic: Topic
) -> None:
    make_card(topic, "</script><script>alert(1)</script>", status=Status.DRAFT)
    assert "<script>alert" not in client_of(bob).get(ADDRESS).text


def test_more_drafts_do_not_make_more_queries(
    client_of: SignIn,
    bob: User,
    topic: Topic,
    version: NoteVersion,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(12):
        make_card(topic, status=Status.DRAFT, version=version)
        make_question(topic, status=Status.DRAFT)
    browser = client_of(bob)
    with django_assert_max_num_queries(14):
        browser.get(ADDRESS)


def test_the_exam_tells_how_many_drafts_wait(client_of: SignIn, bob: User, topic: Topic) -> None:
    make_card(topic, status=Status.DRAFT)
    assert "1 draft waits for your look" in client_of(bob).get("/exams/bio/").text
