"""The operator lets somebody author."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import User
from apps.courses.models import Exam


def test_it_opens_the_authoring_of_the_exams_named(
    dave: User, exam: Exam, client_of: Callable[[User], Client]
) -> None:
    told = io.StringIO()
    call_command("make_instructor", dave.email, exam.code, stdout=told)
    assert "editor of Biology" in told.getvalue()
    dave.refresh_from_db()
    page = client_of(dave).get("/admin/courses/exam/")
    assert "Biology" in page.content.decode()


@pytest.mark.parametrize(
    ("email", "code", "told"),
    [
        ("nobody@example.org", "bio", "Nobody is signed up"),
        ("dave@example.org", "no", "no exam no"),
    ],
)
def test_a_wrong_name_changes_nothing(
    dave: User, exam: Exam, email: str, code: str, told: str
) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("make_instructor", email, code)
    dave.refresh_from_db()
    assert not dave.is_staff
