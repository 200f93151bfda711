"""What the pages' tests share."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam, Topic
from apps.notes.models import NoteVersion
from tests.factories import make_card, make_version

SignIn = Callable[[User], Client]

TEXT = "Mitochondria make ATP.\n\nRibosomes build proteins.\nPicture credits"


@pytest.fixture
def version(exam: Exam) -> NoteVersion:
    """A note of the course with four lines, the last of which gives no card."""
    version = make_version(exam, TEXT, name="cells.txt")
    version.fates = [
        {"line": 1, "fate": "item", "reason": ""},
        {"line": 3, "fate": "item", "reason": ""},
        {"line": 4, "fate": "skipped", "reason": "caption"},
    ]
    version.save()
    return version


@pytest.fixture
def card(topic: Topic, version: NoteVersion) -> Card:
    """A published card that cites line 3 of the note."""
    return make_card(topic, "What builds proteins?", "Ribosomes", version=version, line=3)
