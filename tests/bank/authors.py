"""People at work in the authoring pages."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.courses.models import Exam, Role, Topic
from apps.courses.permissions import make_instructor
from apps.courses.services import create_exam
from tests.factories import make_topic, make_user


def author_client(user: User) -> Client:
    """A browser in which an instructor is signed in."""
    make_instructor(user)
    client = Client()
    client.force_login(user)
    return client


def foreign_exam(code: str = "secret") -> tuple[Exam, Topic]:
    """An exam with a topic that nobody of the cast has anything to do with."""
    owner = make_user(f"owner-of-{code}", is_staff=True)
    exam = create_exam(owner=owner, code=code, title=f"Title of {code}")
    return exam, make_topic(exam, f"Topic of {code}", weight=100)


def change_role(user: User, exam: Exam, role: Role) -> None:
    user.memberships.filter(exam=exam).update(role=role)


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def text_of(response: Any) -> str:
    return str(response.content.decode())
