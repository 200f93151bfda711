"""Reading a note line by line."""

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Card, Status
from apps.courses.models import Exam, Topic
from apps.notes.models import NoteVersion
from tests.factories import make_card, make_version
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_every_line_stands_in_its_place(
    client_of: SignIn, carol: User, version: NoteVersion
) -> None:
    page = client_of(carol).get(f"/notes/{version.note_id}/").text
    assert page.index('id="L1"') < page.index('id="L2"') < page.index('id="L4"')
    assert "Mitochondria make ATP." in page


def test_a_cited_line_shows_its_cards(
    client_of: SignIn, carol: User, version: NoteVersion, card: Card
) -> None:
    page = client_of(carol).get(f"/notes/{version.note_id}/").text
    line = page[page.index('id="L3"') : page.index('id="L4"')]
    assert "cited" in line
    assert "What builds proteins?" in line


def test_a_line_that_gave_no_card_says_why(
    client_of: SignIn, carol: User, version: NoteVersion
) -> None:
    page = client_of(carol).get(f"/notes/{version.note_id}/").text
    assert "No card: caption" in page


def test_drafts_are_not_shown_as_cards(
    client_of: SignIn, bob: User, topic: Topic, version: NoteVersion
) -> None:
    make_card(topic, "Unsure?", version=version, status=Status.DRAFT)
    assert "Unsure?" not in client_of(bob).get(f"/notes/{version.note_id}/").text


def test_a_link_to_a_line_finds_its_page(client_of: SignIn, carol: User, exam: Exam) -> None:
    long = make_version(exam, "\n".join(f"Line number {n}" for n in range(1, 1202)))
    browser = client_of(carol)
    address = f"/notes/{long.note_id}/"
    assert browser.get(f"{address}?line=12").headers["Location"] == f"{address}#L12"
    assert browser.get(f"{address}?line=500").headers["Location"] == f"{address}#L500"
    place = browser.get(f"{address}?line=1001").headers["Location"]
    assert place == f"{address}?page=3#L1001"
    assert "Line number 1001" in browser.get(place).text
    assert "Line number 12<" not in browser.get(place).text


def test_an_older_version_can_be_read_and_says_so(
    client_of: SignIn, carol: User, version: NoteVersion, exam: Exam
) -> None:
    make_version(exam, "Everything is new.", name="cells.txt")
    browser = client_of(carol)
    newest = browser.get(f"/notes/{version.note_id}/").text
    older = browser.get(f"/notes/{version.note_id}/?version=1").text
    assert "Everything is new." in newest
    assert "Mitochondria make ATP." in older
    assert "This is an older version" in older
    place = browser.get(f"/notes/{version.note_id}/?version=1&line=3").headers["Location"]
    assert place == f"/notes/{version.note_id}/?version=1#L3"


@pytest.mark.parametrize("query", ["page=2", "page=0", "version=9", "version=x"])
def test_what_the_note_does_not_have_is_not_found(
    client_of: SignIn, carol: User, version: NoteVersion, query: str
) -> None:
    assert client_of(carol).get(f"/notes/{version.note_id}/?{query}").status_code == 404


def test_a_note_is_hidden_from_strangers(
    client_of: SignIn, mallory: User, version: NoteVersion
) -> None:
    assert client_of(mallory).get(f"/notes/{version.note_id}/").status_code == 404


def test_the_words_of_a_note_are_never_taken_for_html(
    client_of: SignIn, carol: User, exam: Exam
) -> None:
    nasty = make_version(exam, "<script>alert(1)</script>")
    assert "<script>alert" not in client_of(carol).get(f"/notes/{nasty.note_id}/").text


def test_more_lines_and_cards_do_not_make_more_queries(
    client_of: SignIn,
    carol: User,
    topic: Topic,
    exam: Exam,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    long = make_version(exam, "\n".join(f"Line {n}" for n in range(1, 201)))
    for line in range(1, 21):
        make_card(topic, version=long, line=line)
    browser = client_of(carol)
    with django_assert_max_num_queries(11):
        browser.get(f"/notes/{long.note_id}/")
