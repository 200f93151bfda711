"""Reading notes by program."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Exam
from tests.factories import make_note, make_version

pytestmark = pytest.mark.django_db
ApiOf = Callable[[User | None], APIClient]
NOTES = "/api/v1/notes/"


def test_it_works(api_of: ApiOf, carol: User, exam: Exam) -> None:
    note = make_note(exam, "Cells are small.", name="cells.txt")
    own = make_note(exam, "Mine.", owner=carol, name="mine.txt")
    found = api_of(carol).get(f"{NOTES}?exam=bio").json()["results"]
    assert [(row["id"], row["name"], row["is_mine"]) for row in found] == [
        (own.pk, "mine.txt", True),
        (note.pk, "cells.txt", False),
    ]


def test_notes_of_others_are_hidden(
    api_of: ApiOf, carol: User, mallory: User, bob: User, exam: Exam
) -> None:
    own = make_note(exam, "Mine.", owner=carol)
    for user in (mallory, bob):
        assert api_of(user).get(NOTES).json()["results"] == []
        assert api_of(user).get(f"{NOTES}{own.pk}/lines/").status_code == 404


def test_lines_come_with_what_became_of_them(api_of: ApiOf, carol: User, exam: Exam) -> None:
    version = make_version(exam, "Cells are small.\n\nPicture credits")
    version.fates = [
        {"line": 1, "fate": "item", "reason": ""},
        {"line": 3, "fate": "skipped", "reason": "caption"},
    ]
    version.save()
    answer = api_of(carol).get(f"{NOTES}{version.note_id}/lines/").json()
    assert answer["lines"] == ["Cells are small.", "", "Picture credits"]
    assert answer["fates"] == version.fates


def test_an_older_version_can_be_asked_for(api_of: ApiOf, carol: User, exam: Exam) -> None:
    note = make_note(exam, "Old.", name="n")
    make_note(exam, "New.", name="n")
    lines = f"{NOTES}{note.pk}/lines/"
    assert api_of(carol).get(lines).json()["lines"] == ["New."]
    assert api_of(carol).get(f"{lines}?version=1").json()["lines"] == ["Old."]
    assert api_of(carol).get(f"{lines}?version=9").status_code == 404
    assert api_of(carol).get(f"{lines}?version=x").status_code == 400


def test_notes_are_found_by_name(api_of: ApiOf, carol: User, exam: Exam) -> None:
    make_note(exam, "A", name="cells.txt")
    make_note(exam, "B", name="leaves.txt")
    found = api_of(carol).get(f"{NOTES}?search=LEAV").json()["results"]
    assert [row["name"] for row in found] == ["leaves.txt"]


def test_more_notes_do_not_make_more_queries(
    api_of: ApiOf,
    carol: User,
    exam: Exam,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(20):
        make_note(exam, "Cells.")
    api = api_of(carol)
    with django_assert_max_num_queries(3):
        api.get(NOTES)
