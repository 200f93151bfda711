"""The shell of the study page."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam
from apps.notes.models import NoteVersion
from apps.study.models import Enrolment
from tests.factories import make_note
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_it_opens_with_what_the_page_needs_to_fetch_its_cards(
    client_of: SignIn, carol: User, enrolment: Enrolment
) -> None:
    page = client_of(carol).get("/exams/bio/study/")
    assert page.status_code == 200
    assert f'data-user="{carol.pk}"' in page.text
    assert f'data-enrolment="{enrolment.pk}"' in page.text
    assert "csrftoken" in page.cookies


def test_one_note_can_be_studied_alone(
    client_of: SignIn, carol: User, enrolment: Enrolment, version: NoteVersion
) -> None:
    page = client_of(carol).get(f"/exams/bio/study/?note={version.note_id}")
    assert f'data-note="{version.note_id}"' in page.text


@pytest.mark.parametrize("wanted", ["999999", "x", "-1"])
def test_a_note_that_is_not_there_is_not_found(
    client_of: SignIn, carol: User, enrolment: Enrolment, wanted: str
) -> None:
    assert client_of(carol).get(f"/exams/bio/study/?note={wanted}").status_code == 404


def test_somebody_elses_note_is_not_found(
    client_of: SignIn, alice: User, carol: User, exam: Exam, enrolment: Enrolment
) -> None:
    private = make_note(exam, "Mine.", owner=alice)
    assert client_of(carol).get(f"/exams/bio/study/?note={private.pk}").status_code == 404


def test_who_has_not_begun_is_sent_to_the_exam_and_told_how(
    client_of: SignIn, alice: User, exam: Exam
) -> None:
    page = client_of(alice).get("/exams/bio/study/", follow=True)
    assert page.redirect_chain == [("/exams/bio/", 302)]
    assert "Study this exam" in page.text


def test_strangers_do_not_find_it(client_of: SignIn, mallory: User, exam: Exam) -> None:
    assert client_of(mallory).get("/exams/bio/study/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client, exam: Exam) -> None:
    assert client.get("/exams/bio/study/").headers["Location"].startswith("/accounts/login/")


def test_the_shell_holds_no_card(
    client_of: SignIn, carol: User, enrolment: Enrolment, card: Card
) -> None:
    assert card.front not in client_of(carol).get("/exams/bio/study/").text
