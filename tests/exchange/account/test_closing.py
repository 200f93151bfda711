"""Closing an account: nothing of somebody's own stays, nothing of others' goes."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from apps.accounts.models import User
from apps.bank.models import Card, CardVersion
from apps.bank.services.items import save_card
from apps.courses.models import Exam, Membership, Role, Topic, Visibility
from apps.exchange.account.closing import close_account
from tests.exchange.account.conftest import SECRET
from tests.factories import make_card
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
CLOSE = "/settings/close/"


def everything_stored() -> str:
    """All rows of all tables, as one text."""
    told = []
    for model in apps.get_models(include_auto_created=True):
        rows: list[Model] = list(model._default_manager.all())
        if model._meta.pk.__class__.__name__ == "CompositePrimaryKey":
            told.append(json.dumps(list(model._default_manager.values()), cls=DjangoJSONEncoder))
        else:
            told.append(serializers.serialize("json", rows))
    return "\n".join(told)


def test_nothing_of_theirs_remains(
    carols_life: Exam,
    carol: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": carol.email, "password": "password"})
    before = everything_stored()
    assert SECRET in before
    assert carol.email in before
    with django_capture_on_commit_callbacks(execute=True):
        close_account(user=carol)
    after = everything_stored()
    assert SECRET not in after
    assert "carol" not in after.casefold()
    assert not [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    assert browser.get("/today/").status_code == 302


def test_what_others_study_stays_without_the_name(
    carols_life: Exam, exam: Exam, topic: Topic, alice: User, bob: User
) -> None:
    card = make_card(topic, "Of the course?")
    card.front = "Of the course, by Alice?"
    save_card(card=card, author=alice)
    close_account(user=alice)
    assert Card.objects.get(pk=card.pk).front == "Of the course, by Alice?"
    assert not CardVersion.objects.filter(author__isnull=False).exists()
    assert Membership.objects.get(exam=exam, user=bob).role == Role.OWNER


def test_an_exam_without_an_editor_stays_for_its_learners(
    exam: Exam, alice: User, bob: User, carol: User
) -> None:
    Membership.objects.filter(user=bob).delete()
    close_account(user=alice)
    assert Exam.objects.visible_to(carol).filter(pk=exam.pk).exists()
    assert Membership.objects.get(exam=exam, user=carol).role == Role.LEARNER


def test_an_open_exam_stays_for_those_who_may_join(alice: User, exam: Exam) -> None:
    Membership.objects.filter(exam=exam).exclude(user=alice).delete()
    Exam.objects.filter(pk=exam.pk).update(visibility=Visibility.OPEN)
    close_account(user=alice)
    assert Exam.objects.filter(pk=exam.pk).exists()


def test_the_page_says_what_goes_and_what_stays(
    client_of: SignIn, carols_life: Exam, carol: User, alice: User
) -> None:
    assert f"{SECRET} exam" in client_of(carol).get(CLOSE).text
    assert "These exams stay" in client_of(alice).get(CLOSE).text


@pytest.mark.parametrize(
    ("email", "password"),
    [("", "password"), ("bob@example.org", "password"), ("carol@example.org", "wrong")],
)
def test_nobody_deletes_an_account_by_mistake(
    client_of: SignIn, carol: User, email: str, password: str
) -> None:
    page = client_of(carol).post(CLOSE, {"email": email, "password": password})
    assert 'role="alert"' in page.text
    assert User.objects.filter(pk=carol.pk).exists()


def test_an_account_is_deleted_in_the_browser(
    client_of: SignIn, carols_life: Exam, carol: User
) -> None:
    browser = client_of(carol)
    sent = {"email": "Carol@Example.org", "password": "password"}
    page = browser.post(CLOSE, sent, follow=True)
    assert "Your account is deleted" in page.text
    assert not User.objects.filter(pk=carol.pk).exists()
    assert browser.get("/today/").status_code == 302
    assert "do not match" not in page.text
