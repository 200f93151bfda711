"""Who a program is told it acts for, and how it comes by its token."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.keys import USUAL
from apps.accounts.models import User

ME, TOKEN = reverse("api:me"), reverse("api:token")
ApiOf = Callable[[User | None], APIClient]


def test_a_program_gets_a_token_and_acts_by_it(api_of: ApiOf, carol: User) -> None:
    program = api_of(None)
    sent = {"email": "Carol@example.org", "password": "password"}
    token = program.post(TOKEN, sent).json()["token"]
    program.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert program.get(ME).json()["email"] == carol.email


def test_a_token_is_the_same_until_it_is_renewed(api_of: ApiOf, carol: User) -> None:
    sent = {"email": carol.email, "password": "password"}
    first, second = (api_of(None).post(TOKEN, sent).json() for _ in range(2))
    assert first == second
    assert Token.objects.count() == 1


@pytest.mark.parametrize("email", ["carol@example.org", "nobody@example.org"])
def test_a_wrong_password_gets_no_token(api_of: ApiOf, carol: User, email: str) -> None:
    answer = api_of(None).post(TOKEN, {"email": email, "password": "wrong"})
    assert answer.status_code == 401
    assert answer.json()["detail"] == "Email and password do not match."
    assert not Token.objects.exists()


def test_an_old_token_opens_nothing(api_of: ApiOf, carol: User) -> None:
    program = api_of(None)
    program.credentials(HTTP_AUTHORIZATION="Token 0123456789abcdef")
    assert program.get(ME).status_code == 401


def test_guessing_by_program_is_slowed_down(api_of: ApiOf, carol: User) -> None:
    sent = {"email": carol.email, "password": "wrong"}
    answers = [api_of(None).post(TOKEN, sent).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


def test_somebody_changes_how_they_study_and_not_who_they_are(api_of: ApiOf, carol: User) -> None:
    sent = {
        "name": "Carol C.",
        "time_zone": "Europe/Paris",
        "day_start_hour": 3,
        "theme": "dark",
        "text_size": "larger",
        "buttons": 2,
        "keys": {"undo": "U", "bury": "z"},
        "email": "other@example.org",
        "id": 999,
    }
    answer = api_of(carol).patch(ME, sent).json()
    assert answer == {
        "id": carol.pk,
        "email": carol.email,
        "name": "Carol C.",
        "time_zone": "Europe/Paris",
        "day_start_hour": 3,
        "theme": "dark",
        "text_size": "larger",
        "buttons": 2,
        "keys": dict(USUAL) | {"undo": "u", "bury": "z"},
    }
    again = api_of(carol).patch(ME, {"keys": {}}).json()
    assert again["keys"] == USUAL


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "CET"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("day_start_hour", 24),
        ("day_start_hour", -1),
        ("theme", "pink"),
        ("text_size", "huge"),
        ("buttons", 3),
        ("keys", {"undo": "b"}),
        ("keys", {"undo": "up"}),
        ("keys", {"undo": " "}),
        ("keys", {"undo": "u", "bury": "u"}),
        ("keys", {"fly": "y"}),
        ("keys", ["u"]),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    api_of: ApiOf, carol: User, field: str, value: Any
) -> None:
    answer = api_of(carol).patch(ME, {field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert User.objects.get() == carol
    assert getattr(User.objects.get(), field) == getattr(carol, field)


def test_nobody_is_told_anything_without_signing_in(api_of: ApiOf) -> None:
    assert api_of(None).get(ME).status_code == 401
