"""People in the authoring pages: administrators alone see them."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from apps.accounts.models import User
from apps.courses.models import Exam
from tests.bank.authors import author_client, text_of

LIST = reverse("admin:accounts_user_changelist")


def test_an_administrator_adds_a_person(admin_client: Client) -> None:
    sent = {
        "email": "New@Example.org",
        "usable_password": "true",
        "password1": "a long walk by the sea",
        "password2": "a long walk by the sea",
    }
    admin_client.post(reverse("admin:accounts_user_add"), sent)
    assert User.objects.get(email="new@example.org").check_password("a long walk by the sea")


def test_an_administrator_finds_and_changes_a_person(admin_client: Client, carol: User) -> None:
    assert carol.email in text_of(admin_client.get(LIST, {"q": "carol"}))
    sent = {
        "email": carol.email,
        "name": "Carol C.",
        "time_zone": "Europe/Paris",
        "day_start_hour": 4,
        "theme": "system",
        "text_size": "normal",
        "buttons": 4,
        "is_active": "on",
    }
    admin_client.post(reverse("admin:accounts_user_change", args=[carol.pk]), sent)
    carol.refresh_from_db()
    assert (carol.name, carol.time_zone) == ("Carol C.", "Europe/Paris")


def test_an_instructor_sees_no_people(alice: User, exam: Exam, carol: User) -> None:
    author = author_client(alice)
    assert author.get(LIST).status_code == 403
    change = reverse("admin:accounts_user_change", args=[carol.pk])
    assert author.get(change).status_code == 403
    assert LIST not in text_of(author.get(reverse("admin:index")))


def test_nobody_reads_other_peoples_tokens() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:authtoken_tokenproxy_changelist")


def test_the_authoring_pages_have_no_sign_in_of_their_own(client: Client, db: None) -> None:
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_the_authoring_pages_say_what_they_are(alice: User, exam: Exam) -> None:
    assert "Passnotes authoring" in text_of(author_client(alice).get(reverse("admin:index")))
