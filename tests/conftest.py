"""One cast for every test: each says what somebody may do, or may not.

alice owns the exam, bob edits it, carol learns for it, dave is signed up but learns nothing,
mallory learns for another exam.
"""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Exam, Membership, Role, Topic, Visibility
from apps.courses.services import create_exam
from apps.study.models import Enrolment
from tests.factories import make_enrolment, make_topic, make_user


def pytest_configure() -> None:
    """Make people and clients quickly: nobody guesses passwords or asks for static files here.

    How long an example takes is the benchmarks' question, whatever else the machine does.
    """
    examples = hypothesis.settings()
    hypothesis.settings.register_profile("unhurried", examples, deadline=None)
    hypothesis.settings.load_profile("unhurried")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(autouse=True)
def _data_of_its_own(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _forget_throttles() -> None:
    cache.clear()


@pytest.fixture
def alice(db: None) -> User:
    return make_user("alice", is_staff=True)


@pytest.fixture
def bob(db: None) -> User:
    return make_user("bob", is_staff=True)


@pytest.fixture
def carol(db: None) -> User:
    return make_user("carol")


@pytest.fixture
def dave(db: None) -> User:
    return make_user("dave")


@pytest.fixture
def mallory(db: None) -> User:
    mallory = make_user("mallory")
    other = create_exam(owner=None, code="other", title="Another exam")
    Membership.objects.create(exam=other, user=mallory, role=Role.LEARNER)
    return mallory


@pytest.fixture
def exam(alice: User, bob: User, carol: User) -> Exam:
    """A private exam of 10 questions in 20 minutes, with its owner, editor and learner."""
    exam = create_exam(
        owner=alice, code="bio", title="Biology", minutes=20, question_count=10, pass_mark=70
    )
    Membership.objects.create(exam=exam, user=bob, role=Role.EDITOR)
    Membership.objects.create(exam=exam, user=carol, role=Role.LEARNER)
    return exam


@pytest.fixture
def open_exam(db: None) -> Exam:
    """An exam that anybody may join."""
    return create_exam(owner=None, code="open", title="Open exam", visibility=Visibility.OPEN)


@pytest.fixture
def topic(exam: Exam) -> Topic:
    """The exam's only domain."""
    return make_topic(exam, "Cells", weight=100)


@pytest.fixture
def enrolment(carol: User, exam: Exam) -> Enrolment:
    """Carol's preparation for the exam."""
    return make_enrolment(carol, exam)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def api_of() -> Callable[[User | None], APIClient]:
    """A program that acts for somebody, or for nobody."""

    def acting_for(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return acting_for
