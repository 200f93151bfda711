"""Signing in in two steps, and seeing where one is signed in."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User

pytestmark = pytest.mark.django_db
LOGIN, STEPS = "/accounts/login/", "/accounts/two-steps/"
WORDS = {"login": "carol@example.org", "password": "password"}


def code_of(secret: str) -> str:
    """What an authenticator app would show now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def turn_on(browser: Client) -> str:
    """Turn the second step on as a person would; returns the secret of their app."""
    asked = browser.get(f"{STEPS}totp/activate/")["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    browser.post(asked, {"password": "password"})
    page = browser.get(f"{STEPS}totp/activate/")
    assert "app.css" in page.text
    found = re.search(r'<code class="token">(\w+)</code>', page.text)
    assert found
    secret = found[1]
    answer = browser.post(f"{STEPS}totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


@pytest.fixture
def browser(carol: User) -> Client:
    """Carol's, who has just signed in."""
    browser = Client(HTTP_USER_AGENT="Firefox on a train")
    assert browser.post(LOGIN, WORDS).status_code == 302
    return browser


def test_a_password_alone_no_longer_opens_anything(browser: Client) -> None:
    turn_on(browser)
    other = Client()
    answer = other.post(LOGIN, WORDS)
    assert answer["Location"] == f"{STEPS}authenticate/"
    assert other.get("/today/").status_code == 302
    page = other.get(answer["Location"])
    assert "The second step" in page.text
    assert "app.css" in page.text
    assert other.post(f"{STEPS}authenticate/", {"code": "000000"}).status_code == 200
    assert other.get("/today/").status_code == 302


def test_a_recovery_code_signs_in_once(browser: Client) -> None:
    turn_on(browser)
    page = browser.get(f"{STEPS}recovery-codes/").text
    codes = re.findall(r"<li><code>(\w+)</code></li>", page)
    assert len(codes) == 10
    for expected in (302, 200):
        other = Client()
        other.post(LOGIN, WORDS)
        answer = other.post(f"{STEPS}authenticate/", {"code": codes[0]})
        assert answer.status_code == expected


def test_a_program_gets_no_token_by_the_password_alone(
    browser: Client, api_of: Callable[[User | None], APIClient]
) -> None:
    turn_on(browser)
    sent = {"email": "carol@example.org", "password": "password"}
    answer = api_of(None).post("/api/v1/token/", sent)
    assert answer.status_code == 403
    assert "token" not in answer.json()


def test_the_second_step_can_be_turned_off(browser: Client) -> None:
    turn_on(browser)
    assert "It is on." in browser.get(STEPS).text
    assert browser.post(f"{STEPS}totp/deactivate/").status_code == 302
    assert "It is off." in browser.get(STEPS).text
    assert Client().post(LOGIN, WORDS)["Location"] == "/today/"


def test_somebody_sees_where_they_are_signed_in_and_ends_it(browser: Client) -> None:
    other = Client(HTTP_USER_AGENT="Safari in a library")
    other.post(LOGIN, WORDS)
    page = browser.get("/accounts/sessions/").text
    assert "Firefox on a train" in page
    assert "Safari in a library" in page
    browser.post("/accounts/sessions/")
    assert other.get("/today/").status_code == 302
    assert browser.get("/today/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        STEPS,
        f"{STEPS}recovery-codes/",
        f"{STEPS}recovery-codes/generate/",
        f"{STEPS}totp/deactivate/",
        "/accounts/sessions/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
    ],
)
def test_the_pages_of_an_account_are_in_our_look(browser: Client, address: str) -> None:
    turn_on(browser)
    page = browser.get(address)
    assert page.status_code == 200
    assert "app.css" in page.text
    assert page.text.count("<h1>") == 1
