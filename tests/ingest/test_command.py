"""manage.py ingest: from files to cards, in a terminal."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.bank.models import Card, Question, Status
from apps.courses.models import Exam
from tests.ingest.notes import CELLS


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "cells.md"
    path.write_text(CELLS)
    return path


def ingest(*arguments: Any, **options: Any) -> str:
    told = io.StringIO()
    call_command("ingest", *map(str, arguments), stdout=told, stderr=told, **options)
    return told.getvalue()


@pytest.mark.django_db
def test_a_file_becomes_published_cards_of_a_new_exam(note: Path) -> None:
    told = ingest(note, exam="biology")
    assert "There was no exam biology; it is made now" in told
    exam = Exam.objects.get(code="biology")
    assert Card.objects.filter(exam=exam, status=Status.PUBLISHED).exists()


@pytest.mark.django_db
def test_drafts_only_where_that_is_asked_for(note: Path, exam: Exam) -> None:
    ingest(note, exam="bio", draft=True)
    assert set(Card.objects.values_list("status", flat=True)) == {Status.DRAFT}


def test_a_dry_run_needs_no_database(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    told = ingest(note, dry_run=True, json=out, skip_checks=True)
    assert "cells.md" in told
    (document,) = json.loads(out.read_text())["documents"]
    assert document["name"] == "cells.md"
    assert {"topics", "cards", "questions", "skipped"} <= set(document)


@pytest.mark.django_db
def test_a_dry_run_for_an_exam_tells_what_would_change(note: Path, exam: Exam) -> None:
    ingest(note, exam="bio")
    count = Card.objects.count()
    note.write_text(CELLS.replace("builds proteins", "assembles proteins"))
    told = ingest(note, exam="bio", dry_run=True)
    assert "builds proteins ⇒" in told
    assert "1 changed" in told
    assert Card.objects.filter(back="builds proteins").exists()
    assert Card.objects.count() == count


@pytest.mark.django_db
def test_one_bad_file_does_not_stop_the_others(note: Path, tmp_path: Path, exam: Exam) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    lost = tmp_path / "lost.txt"
    with pytest.raises(CommandError, match="2 of 3 files"):
        ingest(empty, lost, note, exam="bio")
    assert Card.objects.exists()


def test_it_asks_where_the_notes_belong(note: Path) -> None:
    with pytest.raises(CommandError, match="Add --exam"):
        ingest(note, skip_checks=True)


@pytest.mark.django_db
@pytest.mark.parametrize("sample", ["networking-indented.txt", "cells-flat.txt", "history-ocr.txt"])
def test_the_samples_give_cards(sample: str) -> None:
    path = Path(__file__).resolve().parents[2] / "content/samples" / sample
    ingest(path, exam="samples")
    assert Card.objects.filter(status=Status.PUBLISHED).count() >= 10
    assert not Question.objects.filter(status=Status.PUBLISHED, choices=None, kind="single")
