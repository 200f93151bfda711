"""What is answered where no view can answer."""

import pytest
from django.test import Client, RequestFactory

from apps.config.errors import server_error

pytestmark = pytest.mark.django_db


def test_a_program_is_told_in_its_own_form_that_nothing_is_there(client: Client) -> None:
    answer = client.get("/api/v1/nothing/here/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_a_person_gets_a_page(client: Client) -> None:
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert "app.css" in answer.text


def test_a_fault_of_ours_is_told_to_both_in_their_form() -> None:
    told = server_error(RequestFactory().get("/api/v1/me/"))
    assert (told.status_code, told["Content-Type"]) == (500, "application/problem+json")
    shown = server_error(RequestFactory().get("/today/"))
    assert (shown.status_code, shown["Content-Type"]) == (500, "text/html; charset=utf-8")
