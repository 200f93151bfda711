"""A folder of text becomes a course, and follows the folder."""

from pathlib import Path

import pytest

from apps.bank.models import Card, Question, Status
from apps.courses.models import Topic
from apps.exchange.courses.format import BadCourse, read_course
from apps.exchange.courses.load import load_course
from apps.quizzes.paper import share_out
from tests.factories import NOW

COURSE = """
code = "cells"
title = "Cells"
minutes = 10
question_count = 5
pass_mark = 60

[[domains]]
slug = "parts"
title = "Parts"
weight = 100
notes = ["parts.md"]
questions = "questions/parts.toml"
"""
NOTE = """# Parts of a cell

- **Nucleus**: holds the DNA
- **Ribosome**: builds proteins
"""
QUESTION = """
[[question]]
key = "parts-1"
topic = "Parts of a cell"
kind = "single"
stem = "What holds the DNA?"
explanation = "The nucleus does."
note = "parts.md"
cite = "holds the DNA"
choices = [
  { text = "The nucleus", correct = true, why = "It does." },
  { text = "The ribosome", why = "It builds proteins." },
  { text = "The wall", why = "It gives shape." },
]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "questions").mkdir()
    (tmp_path / "course.toml").write_text(COURSE)
    (tmp_path / "notes/parts.md").write_text(NOTE)
    (tmp_path / "questions/parts.toml").write_text(QUESTION)
    return tmp_path


@pytest.mark.django_db
def test_a_folder_becomes_a_course(folder: Path) -> None:
    exam = load_course(read_course(folder), now=NOW)
    assert (exam.code, exam.visibility) == ("cells", "open")
    assert Topic.objects.domains().get().title == "Parts"
    assert Card.objects.filter(exam=exam, status=Status.PUBLISHED).count() >= 2
    question = Question.objects.get(key="parts-1")
    assert question.topic.title == "Parts of a cell"
    assert question.passages.get().quote == "- **Nucleus**: holds the DNA"


@pytest.mark.django_db
def test_loading_again_changes_nothing(folder: Path) -> None:
    load_course(read_course(folder), now=NOW)
    before = set(Card.objects.values_list("pk", "version"))
    (folder / "README.md").write_text("Another state of the folder.")
    load_course(read_course(folder), now=NOW)
    assert set(Card.objects.values_list("pk", "version")) == before
    assert Question.objects.get(key="parts-1").version == 1


@pytest.mark.django_db
def test_a_question_taken_out_is_retired(folder: Path) -> None:
    load_course(read_course(folder), now=NOW)
    (folder / "questions/parts.toml").write_text("")
    load_course(read_course(folder), now=NOW)
    assert Question.objects.get(key="parts-1").status == Status.RETIRED


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("course.toml", "weight = 100", "weight = 90", "add up to 100"),
        ("course.toml", "minutes = 10", "minuets = 10", "unknown: minuets; missing: minutes"),
        ("course.toml", 'notes = ["parts.md"]', 'notes = ["lost.md"]', "cannot be read"),
        ("course.toml", "weight = 100", "weight = ", "course.toml"),
        ("notes/parts.md", "holds the DNA", "holds the key", "stands on 0 lines"),
        ("questions/parts.toml", 'note = "parts.md"', 'note = "x.md"', "no note here"),
        ("questions/parts.toml", "explanation", "explanaton", "unknown: explanaton"),
    ],
)
def test_a_fault_in_a_folder_is_named(
    folder: Path, path: str, old: str, new: str, told: str
) -> None:
    text = (folder / path).read_text()
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1))
    with pytest.raises(BadCourse, match=told):
        read_course(folder)


@pytest.mark.django_db
def test_the_course_that_ships_is_whole() -> None:
    content = Path(__file__).resolve().parents[2] / "content/aws-saa"
    exam = load_course(read_course(content), now=NOW)
    cards = Card.objects.filter(exam=exam, status=Status.PUBLISHED)
    assert cards.count() >= 150
    domains = list(Topic.objects.domains())
    weights = [domain.weight or 0 for domain in domains]
    assert sorted(weights) == [20, 24, 26, 30]
    for domain, seats in zip(domains, share_out(exam.question_count, weights), strict=True):
        branch = Topic.objects.branch(domain)
        questions = Question.objects.filter(topic__in=branch, status=Status.PUBLISHED)
        assert questions.count() >= seats


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("questions/parts.toml", 'kind = "single"', 'kind = "singel"', "has the kind “singel”"),
        ("questions/parts.toml", "correct = true, ", "", "Question parts-1: .* exactly one choice"),
        ("questions/parts.toml", "Parts of a cell", "Lost heading", "which is no heading"),
        ("course.toml", "pass_mark = 60", "pass_mark = 160", "from 0 to 100"),
    ],
)
def test_a_fault_in_a_question_is_named_and_nothing_half_published(
    folder: Path, path: str, old: str, new: str, told: str
) -> None:
    (folder / path).write_text((folder / path).read_text().replace(old, new, 1))
    with pytest.raises(BadCourse, match=told):
        load_course(read_course(folder), now=NOW)
    assert not Question.objects.filter(key="parts-1").exists()
