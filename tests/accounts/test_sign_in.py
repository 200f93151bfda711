"""Signing up, in and out."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User

SIGN_UP, SIGN_IN = reverse("account_signup"), reverse("account_login")
PASSWORD = "a long walk by the sea"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_new_signs_up_and_is_in(client: Client, db: None) -> None:
    sent = {"email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(SIGN_UP, sent)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("today")
    user = User.objects.get()
    assert user.email == "new@example.org"
    assert not user.is_staff
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("password", "password", "too common"),
        ("short1", "short1", "too short"),
        (PASSWORD, "another one", "same password"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason_and_the_address_is_kept(
    client: Client, db: None, first: str, second: str, reason: str
) -> None:
    sent = {"email": "new@example.org", "password1": first, "password2": second}
    page = client.post(SIGN_UP, sent).content.decode()
    assert reason in page
    assert 'value="new@example.org"' in page
    assert not User.objects.exists()


def test_an_address_is_signed_up_once_however_it_is_spelt(client: Client, carol: User) -> None:
    sent = {"email": "CAROL@example.org", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(SIGN_UP, sent)
    assert answer.status_code == 200
    assert User.objects.count() == 1


@pytest.mark.parametrize("email", ["carol@example.org", "Carol@Example.ORG"])
def test_the_right_password_signs_in_however_the_address_is_spelt(
    client: Client, carol: User, email: str
) -> None:
    answer = client.post(SIGN_IN, {"login": email, "password": "password"})
    assert answer.status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_says_so_and_signs_nobody_in(client: Client, carol: User) -> None:
    page = client.post(SIGN_IN, {"login": carol.email, "password": "wrong"}).content.decode()
    assert "not correct" in page
    assert carol.email in page
    assert not is_signed_in(client)


def test_wrong_password_and_unknown_address_are_told_in_the_same_words(
    client: Client, carol: User
) -> None:
    def errors(email: str) -> object:
        answer = client.post(SIGN_IN, {"login": email, "password": "wrong"})
        return answer.context["form"].errors

    assert errors(carol.email) == errors("nobody@example.org")


def test_somebody_who_was_locked_out_does_not_come_in(client: Client, carol: User) -> None:
    User.objects.update(is_active=False)
    client.post(SIGN_IN, {"login": carol.email, "password": "password"})
    assert not is_signed_in(client)


def test_guessing_is_slowed_down(client: Client, carol: User) -> None:
    for _ in range(12):
        client.post(SIGN_IN, {"login": carol.email, "password": "wrong"})
    client.post(SIGN_IN, {"login": carol.email, "password": "password"})
    assert not is_signed_in(client)


def test_signing_out_takes_a_button_and_no_mere_link(client: Client, carol: User) -> None:
    client.force_login(carol)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_somebody_sent_to_sign_in_goes_on_to_where_they_were_going(
    client: Client, carol: User
) -> None:
    there = reverse("settings")
    answer = client.get(there)
    assert answer["Location"] == f"{SIGN_IN}?next={there}"
    answer = client.post(answer["Location"], {"login": carol.email, "password": "password"})
    assert answer["Location"] == there


def test_nobody_is_led_to_another_site_by_signing_in(client: Client, carol: User) -> None:
    answer = client.post(
        f"{SIGN_IN}?next=https://evil.example/", {"login": carol.email, "password": "password"}
    )
    assert "evil" not in answer["Location"]
