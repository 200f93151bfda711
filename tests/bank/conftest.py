"""bob, who edits the exam, at work in the authoring pages."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.courses.models import Exam
from tests.bank.authors import author_client


@pytest.fixture
def author(bob: User, exam: Exam) -> Client:
    return author_client(bob)
