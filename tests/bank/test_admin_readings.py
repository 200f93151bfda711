"""What comes about elsewhere and is looked at in the authoring pages: readings and attempts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.common.models import JobState
from apps.courses.models import Topic
from apps.ingest.models import IngestRun
from apps.quizzes.models import Blueprint, QuizKind
from apps.quizzes.services.attempts import start_attempt
from tests.bank.authors import count_queries, text_of
from tests.factories import NOW, make_question, make_version

RUNS = reverse("admin:ingest_ingestrun_changelist")


def make_run(topic: Topic, name: str, **fields: Any) -> IngestRun:
    return IngestRun.objects.create(version=make_version(topic.exam, "one", name=name), **fields)


def read_again(author: Client, *runs: IngestRun) -> str:
    picked = {"action": "read_again", "_selected_action": [run.pk for run in runs]}
    return text_of(author.post(RUNS, picked, follow=True))


def test_a_failed_reading_shows_why_and_is_queued_again(
    author: Client, topic: Topic, django_capture_on_commit_callbacks: Any
) -> None:
    run = make_run(topic, "bad.txt", state=JobState.FAILED, error="The disk was full.")
    assert "The disk was full." in text_of(author.get(RUNS))
    with django_capture_on_commit_callbacks() as announced:
        page = read_again(author, run)
    assert "is queued again" in page
    assert len(announced) == 1
    run.refresh_from_db()
    assert (run.state, run.error) == (JobState.QUEUED, "")


def test_a_reading_that_did_not_fail_is_left_alone_and_named(author: Client, topic: Topic) -> None:
    run = make_run(topic, "good.txt", state=JobState.SUCCEEDED)
    assert "good.txt, version 1” has not failed" in read_again(author, run)
    run.refresh_from_db()
    assert run.state == JobState.SUCCEEDED


def test_a_reading_shows_what_came_of_it_and_cannot_be_changed(
    author: Client, topic: Topic
) -> None:
    run = make_run(topic, "good.txt", state=JobState.SUCCEEDED, counts={"drafts": 7})
    address = reverse("admin:ingest_ingestrun_change", args=[run.pk])
    page = text_of(author.get(address))
    assert "&quot;drafts&quot;: 7" in page
    assert 'name="_save"' not in page
    assert author.post(address, {"state": "queued"}).status_code == 403


def test_readings_of_learners_own_notes_are_not_listed(
    author: Client, topic: Topic, carol: User
) -> None:
    version = make_version(topic.exam, "one", name="private.txt", owner=carol)
    IngestRun.objects.create(version=version)
    assert "private.txt" not in text_of(author.get(RUNS))


def test_a_longer_list_of_readings_costs_no_more_queries(author: Client, topic: Topic) -> None:
    make_run(topic, "1.txt")
    few = count_queries(author, RUNS)
    for number in range(2, 12):
        make_run(topic, f"{number}.txt")
    assert count_queries(author, RUNS) == few


def test_an_editor_writes_the_blueprint_of_an_exam(author: Client, topic: Topic) -> None:
    sent = {
        "exam": topic.exam_id,
        "name": "Mock",
        "kind": "mock",
        "question_count": 65,
        "minutes": 130,
    }
    address = reverse("admin:quizzes_blueprint_add")
    author.post(address, sent)
    assert Blueprint.objects.get().question_count == 65
    assert "already exists" in text_of(author.post(address, sent))


@pytest.fixture
def attempt_page(topic: Topic, carol: User) -> str:
    for _ in range(12):
        make_question(topic, "Which of these pumps?")
    attempt, _ = start_attempt(user=carol, exam=topic.exam, kind=QuizKind.QUICK, now=NOW)
    return reverse("admin:quizzes_attempt_change", args=[attempt.pk])


def test_an_attempt_is_shown_with_its_questions_and_cannot_be_changed(
    author: Client, attempt_page: str
) -> None:
    page = text_of(author.get(attempt_page))
    assert page.count("Which of these pumps?") == 10
    assert 'name="_save"' not in page
    assert author.post(attempt_page, {"percent": 100}).status_code == 403


def test_the_questions_of_an_attempt_cost_no_query_each(author: Client, attempt_page: str) -> None:
    assert count_queries(author, attempt_page) < 20
