"""Bringing a deck in from Anki, on the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from apps.accounts.models import User
from apps.bank.models import Card, Suggestion
from apps.bank.services.items import card_content
from apps.courses.models import Exam
from apps.exchange.anki.importing.runs import run_import
from apps.exchange.models import ImportRun
from tests.exchange.package.foreign import REVERSED, Deck, deck_of_2020
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def send(browser: Client, data: bytes) -> str:
    """Send a package on the page and let it be read; the address of its import."""
    file = SimpleUploadedFile("cells.apkg", data)
    sent = browser.post("/exams/bio/import/", {"file": file})
    address = sent.headers["Location"]
    page = browser.get(address).text
    assert "Your deck is being read" in page
    assert f'data-job="/api/v1{address}"' in page
    carry_on()
    return address


def carry_on() -> None:
    run_import(run_id=ImportRun.objects.latest("created_at").pk, clock=now)


def test_a_deck_is_shown_before_it_is_brought_in(
    client_of: SignIn, exam: Exam, carol: User
) -> None:
    browser = client_of(carol)
    deck = deck_of_2020(8)
    deck.note("Three", "fields", "here", kind=REVERSED)
    address = send(browser, deck.package())
    page = browser.get(address).text
    assert "Before anything changes" in page
    assert "another number of fields than its notetype" in page
    assert not Card.objects.exists()
    assert "Waits for your word" in browser.get("/exams/bio/import/").text

    browser.post(f"{address}apply/")
    carry_on()
    assert "Your deck is here" in browser.get(address).text
    assert Card.objects.count() == 8
    again = send(browser, deck.package())
    assert "Nothing new" in browser.get(again).text


def test_what_is_no_package_is_refused_in_words(client_of: SignIn, exam: Exam, carol: User) -> None:
    browser = client_of(carol)
    page = browser.get(send(browser, b"no package")).text
    assert "This is no Anki package" in page
    assert "Nothing was changed" in page
    assert "Refused" in browser.get("/exams/bio/import/").text


def test_a_form_without_a_file_says_so(client_of: SignIn, exam: Exam, carol: User) -> None:
    assert "This field is required." in client_of(carol).post("/exams/bio/import/").text


def test_words_of_a_deck_are_shown_and_never_run(
    client_of: SignIn, exam: Exam, carol: User
) -> None:
    browser = client_of(carol)
    deck = Deck()
    deck.note("&lt;script&gt;alert(1)&lt;/script&gt;", "<img src=x onerror=alert(1)>")
    page = browser.get(send(browser, deck.package())).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "onerror" not in page


def test_suspended_prompts_can_be_asked_again(client_of: SignIn, exam: Exam, carol: User) -> None:
    browser = client_of(carol)
    deck = Deck()
    deck.note("Front", "Back", queue=-1)
    address = send(browser, deck.package())
    browser.post(f"{address}apply/")
    carry_on()
    assert "1 of your prompts is not asked here" in browser.get("/exams/bio/import/").text
    page = browser.post("/exams/bio/import/resume/", follow=True).text
    assert "They are asked again" in page
    assert "not asked here" not in page


def test_an_instructor_finds_what_was_suggested(
    client_of: SignIn, bob: User, carol: User, card: Card
) -> None:
    content = card_content(card) | {"back": "Ribosomes, of course"}
    suggestion = Suggestion.objects.create(card=card, content=content)
    browser = client_of(bob)
    assert "/exams/bio/suggestions/" in browser.get("/exams/bio/").text
    page = browser.get("/exams/bio/suggestions/").text
    assert "Ribosomes, of course" in page
    browser.post(f"/suggestions/{suggestion.pk}/accept/")
    card.refresh_from_db()
    assert card.back == "Ribosomes, of course"
    assert "There is nothing to look at." in browser.get("/exams/bio/suggestions/").text
    assert "Ribosomes, of course" not in client_of(carol).get("/exams/bio/suggestions/").text


def test_imports_of_others_are_not_found(
    client_of: SignIn, exam: Exam, carol: User, bob: User, mallory: User
) -> None:
    address = send(client_of(carol), deck_of_2020(4).package())
    for person in (bob, mallory):
        assert client_of(person).get(address).status_code == 404
        assert client_of(person).post(f"{address}apply/").status_code == 404
    assert client_of(mallory).get("/exams/bio/import/").status_code == 404
    assert address not in client_of(bob).get("/exams/bio/import/").text
