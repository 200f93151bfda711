"""Notes in the authoring pages: to see and to file, not to rewrite."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.notes.models import NoteVersion
from tests.bank.authors import author_client, count_queries, foreign_exam, text_of
from tests.factories import make_version

LIST = reverse("admin:notes_note_changelist")


@pytest.fixture
def author(bob: User, exam: Exam) -> Client:
    return author_client(bob)


def test_a_note_shows_its_versions_and_leads_to_its_text(author: Client, exam: Exam) -> None:
    version = make_version(exam, "one", name="cells.txt")
    make_version(exam, "two", name="cells.txt")
    page = text_of(author.get(reverse("admin:notes_note_change", args=[version.note_id])))
    text = reverse("note", args=[version.note_id])
    assert f'href="{text}"' in page
    assert f'href="{text}?version=1"' in page
    assert f'href="{text}?version=2"' in page


def test_a_note_can_be_filed_under_a_topic_and_its_text_stays(
    author: Client, exam: Exam, topic: Topic
) -> None:
    version = make_version(exam, "one")
    sent = {
        "topic": topic.pk,
        "name": "another name",
        "versions-TOTAL_FORMS": 1,
        "versions-INITIAL_FORMS": 1,
        "versions-0-id": version.pk,
        "versions-0-note": version.note_id,
        "versions-0-text": "forged",
    }
    author.post(reverse("admin:notes_note_change", args=[version.note_id]), sent)
    version.note.refresh_from_db()
    assert version.note.topic == topic
    assert version.note.name != "another name"
    assert NoteVersion.objects.get().text == "one"


def test_a_note_is_not_filed_under_a_topic_of_another_exam(author: Client, exam: Exam) -> None:
    _, secret = foreign_exam()
    note = make_version(exam, "one").note
    address = reverse("admin:notes_note_change", args=[note.pk])
    versions = {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}
    assert author.post(address, {"topic": secret.pk} | versions).status_code == 200
    note.refresh_from_db()
    assert note.topic is None


def test_learners_own_notes_are_not_listed(author: Client, exam: Exam, carol: User) -> None:
    make_version(exam, "one", name="shared.txt")
    make_version(exam, "one", name="private.txt", owner=carol)
    page = text_of(author.get(LIST))
    assert "shared.txt" in page
    assert "private.txt" not in page


def test_a_longer_list_costs_no_more_queries(author: Client, exam: Exam) -> None:
    make_version(exam, "one")
    few = count_queries(author, LIST)
    for _ in range(10):
        make_version(exam, "one")
    assert count_queries(author, LIST) == few
