"""The first page and the demo learner's door."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.accounts.models import User
from tests.factories import make_user
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_a_visitor_reads_what_it_is_and_how_to_begin(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Sign in" in page.text
    assert "Sign up" in page.text


def test_somebody_signed_in_lands_on_their_day(client_of: SignIn, carol: User) -> None:
    assert client_of(carol).get("/").headers["Location"] == reverse("today")


def test_the_demo_learner_is_entered_with_one_click(client: Client) -> None:
    make_user("demo", is_demo=True)
    assert "Try it as the demo learner" in client.get("/").text
    assert client.post("/demo/").headers["Location"] == reverse("today")
    assert client.get("/today/").status_code == 200


def test_nobody_enters_as_demo_where_other_people_study(client: Client, settings: Settings) -> None:
    make_user("demo", is_demo=True)
    settings.EMBEDDED = False
    assert "demo learner" not in client.get("/").text
    assert client.post("/demo/").status_code == 404


def test_an_author_is_never_entered_as_demo(client: Client) -> None:
    make_user("demo", is_demo=True, is_staff=True)
    assert client.post("/demo/").status_code == 404


def test_looking_at_the_demo_address_signs_nobody_in(client: Client) -> None:
    make_user("demo", is_demo=True)
    assert client.get("/demo/").status_code == 405


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_the_colours_a_person_chose_are_on_every_page(client_of: SignIn, theme: str) -> None:
    page = client_of(make_user("erin", theme=theme)).get("/today/")
    assert f'data-theme="{theme}"' in page.text


def test_a_missing_page_says_so_and_leads_on(client: Client) -> None:
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert 'href="/"' in page.text


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(
    client_of: SignIn, carol: User
) -> None:
    page = client_of(carol).get("/today/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert " style=" not in page.text
    assert "<script>" not in page.text
    assert "https://" not in page.text
