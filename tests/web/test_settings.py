"""How somebody likes to study, their token, and the pages of their account."""

import re

import pytest
from django.test import Client
from django.utils.html import escape
from rest_framework.authtoken.models import Token

from apps.accounts.models import User
from apps.study.models import Enrolment
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db

GOOD = {
    "name": "Carol King",
    "time_zone": "Europe/Paris",
    "day_start_hour": "5",
    "theme": "dark",
    "text_size": "large",
    "buttons": "2",
}


def test_settings_are_kept(client_of: SignIn, carol: User) -> None:
    assert client_of(carol).post("/settings/", GOOD).status_code == 302
    carol.refresh_from_db()
    assert carol.name == "Carol King"
    assert carol.time_zone == "Europe/Paris"
    assert carol.day_start_hour == 5
    assert carol.theme == "dark"
    assert carol.text_size == "large"
    assert carol.buttons == 2


def test_a_new_learner_rates_with_four_buttons(carol: User) -> None:
    assert carol.buttons == 4


@pytest.mark.parametrize("zone", ["Nowhere", "CET", "../../etc/passwd"])
def test_an_unknown_time_zone_is_explained_and_the_rest_kept(
    client_of: SignIn, carol: User, zone: str
) -> None:
    page = client_of(carol).post("/settings/", {**GOOD, "time_zone": zone})
    assert "Choose a time zone such as Europe/Paris." in page.text
    assert "Carol King" in page.text
    carol.refresh_from_db()
    assert carol.time_zone == "UTC"


def test_nobody_makes_themselves_an_author(client_of: SignIn, carol: User) -> None:
    client_of(carol).post("/settings/", {**GOOD, "is_staff": "on", "email": "x@example.org"})
    carol.refresh_from_db()
    assert not carol.is_staff
    assert carol.email == "carol@example.org"


def keys_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', page))


def test_keys_are_chosen_shown_on_the_study_page_and_brought_back(
    client_of: SignIn, carol: User, enrolment: Enrolment
) -> None:
    browser = client_of(carol)
    shown = keys_of(browser.get("/settings/keys/").text)
    assert (shown["next"], shown["undo"], shown["help"]) == ("Space", "Z", "?")
    swapped = shown | {"undo": "b", "bury": "Z", "rate1": "", "all": "ENTER"}
    assert "Your keys are saved." in browser.post("/settings/keys/", swapped, follow=True).text
    carol.refresh_from_db()
    assert carol.keys == {"undo": "b", "bury": "z"}
    study = browser.get("/exams/bio/study/").text
    assert "<span>Not today</span> <kbd>Z</kbd>" in study
    assert "Undo <kbd>B</kbd>" in study
    page = browser.post("/settings/keys/", {"reset": "yes"}, follow=True).text
    assert "The usual keys are back." in page
    assert keys_of(page) == shown


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ({"undo": "b"}, "B is also the key for “Not today”"),
        ({"undo": "Space"}, "Space is also the key for “Show the answer"),
        ({"undo": "u", "flag": "U"}, "U is also the key for “Something is wrong with it”"),
        ({"undo": "up"}, "Give one character, or the word Space or Enter."),
    ],
)
def test_a_key_that_cannot_be_is_refused_and_what_was_typed_kept(
    client_of: SignIn, carol: User, chosen: dict[str, str], fault: str
) -> None:
    page = client_of(carol).post("/settings/keys/", chosen).text
    assert escape(fault) in page
    assert keys_of(page)["undo"] == chosen["undo"]
    carol.refresh_from_db()
    assert carol.keys == {}


def test_a_new_token_is_shown_once(client_of: SignIn, carol: User) -> None:
    browser = client_of(carol)
    page = browser.post("/settings/token/", follow=True).text
    key = Token.objects.get(user=carol).key
    assert key in page
    assert key not in browser.get("/settings/").text


def test_renewing_ends_the_old_token(client_of: SignIn, carol: User) -> None:
    browser = client_of(carol)
    browser.post("/settings/token/")
    first = Token.objects.get(user=carol).key
    browser.post("/settings/token/")
    assert Token.objects.get(user=carol).key != first


def test_a_token_can_be_deleted(client_of: SignIn, carol: User) -> None:
    browser = client_of(carol)
    browser.post("/settings/token/")
    browser.post("/settings/token/delete/")
    assert not Token.objects.filter(user=carol).exists()


def test_settings_are_for_people_signed_in(client: Client) -> None:
    assert client.get("/settings/").headers["Location"].startswith("/accounts/login/")
    assert client.post("/settings/token/").headers["Location"].startswith("/accounts/login/")


def test_signing_in_leads_to_the_day(client: Client, carol: User) -> None:
    answer = client.post("/accounts/login/", {"login": "carol@example.org", "password": "password"})
    assert answer.headers["Location"] == "/today/"


def test_a_wrong_password_is_explained_and_the_address_kept(client: Client, carol: User) -> None:
    page = client.post("/accounts/login/", {"login": "carol@example.org", "password": "wrong"}).text
    assert 'role="alert"' in page
    assert "carol@example.org" in page


def test_signing_up_leads_to_the_day(client: Client) -> None:
    wish = {
        "email": "erin@example.org",
        "password1": "a-long-enough-one",
        "password2": "a-long-enough-one",
    }
    assert client.post("/accounts/signup/", wish).headers["Location"] == "/today/"


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/confirm-email/",
        "/accounts/inactive/",
        "/accounts/password/reset/key/x-y/",
    ],
)
def test_every_page_of_the_account_is_in_our_look(client: Client, address: str) -> None:
    page = client.get(address, follow=True)
    assert page.status_code == 200
    assert "app.css" in page.text
    assert page.text.count("<h1>") == 1


def test_signing_out_takes_one_click_and_never_happens_by_a_link(
    client_of: SignIn, carol: User
) -> None:
    browser = client_of(carol)
    browser.get("/accounts/logout/")
    assert browser.get("/today/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/today/").status_code == 302


@pytest.mark.parametrize("zone", ["paris", "europe/paris", "Europe/Paris "])
def test_a_city_is_enough_to_name_a_time_zone(client_of: SignIn, carol: User, zone: str) -> None:
    client_of(carol).post("/settings/", {**GOOD, "time_zone": zone})
    carol.refresh_from_db()
    assert carol.time_zone == "Europe/Paris"
