"""Taking an exam's cards to Anki."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam
from apps.exchange.models import Export
from apps.exchange.services import build_export
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("content", "with_progress"), [("deck", False), ("progress", True)])
def test_a_package_can_be_asked_for_and_fetched(
    client_of: SignIn,
    carol: User,
    card: Card,
    tmp_path: Path,
    settings: Settings,
    content: str,
    with_progress: bool,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    browser = client_of(carol)
    asked = browser.post("/exams/bio/export/", {"content": content})
    assert asked.headers["Location"] == "/exams/bio/export/"
    export = Export.objects.get()
    assert export.with_progress is with_progress
    assert f"/api/v1/exports/{export.pk}/" in browser.get("/exams/bio/export/").text

    build_export(export_id=export.pk, clock=lambda: datetime.now(UTC))
    assert f"/exports/{export.pk}/download/" in browser.get("/exams/bio/export/").text
    package = browser.get(f"/exports/{export.pk}/download/")
    assert package.getvalue().startswith(b"PK")
    assert ".apkg" in package.headers["Content-Disposition"]


def test_a_package_that_is_not_ready_says_so(client_of: SignIn, carol: User, exam: Exam) -> None:
    export = Export.objects.create(user=carol, exam=exam)
    page = client_of(carol).get(f"/exports/{export.pk}/download/", follow=True).text
    assert "This deck is not ready yet." in page


def test_a_failed_package_says_why(client_of: SignIn, carol: User, exam: Exam) -> None:
    Export.objects.create(user=carol, exam=exam, state="failed", error="It could not be written.")
    assert "It could not be written." in client_of(carol).get("/exams/bio/export/").text


def test_packages_of_others_are_not_found(
    client_of: SignIn, carol: User, bob: User, exam: Exam
) -> None:
    export = Export.objects.create(user=carol, exam=exam)
    browser = client_of(bob)
    assert browser.get(f"/exports/{export.pk}/download/").status_code == 404
    assert str(export.pk) not in browser.get("/exams/bio/export/").text


def test_strangers_cannot_export_the_exam(client_of: SignIn, mallory: User, exam: Exam) -> None:
    browser = client_of(mallory)
    assert browser.get("/exams/bio/export/").status_code == 404
    assert browser.post("/exams/bio/export/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client, exam: Exam) -> None:
    assert client.get("/exams/bio/export/").headers["Location"].startswith("/accounts/login/")
