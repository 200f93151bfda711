"""How long statistics take for long histories: printed for people, never judged.

Run it at full size with PASSNOTES_REVIEWS=50000 PASSNOTES_SITTERS=500 and `-s`.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.bank.models import Card, Question, QuestionVersion
from apps.courses.models import Exam
from apps.insights.activity import days_studied
from apps.insights.item_analysis import analysis_of
from apps.insights.knowledge import knowledge_of
from apps.insights.readiness import readiness_of
from apps.insights.retention import trials_of
from apps.quizzes.models import Attempt, AttemptItem, QuizKind
from apps.study.models import Enrolment, EventKind, ReviewEvent
from apps.study.services.memories import rebuild
from tests.factories import NOW, make_enrolment, make_question, make_topic, make_user
from tests.study.preparing import make_cards, second_exam

pytestmark = pytest.mark.django_db

REVIEWS = int(os.environ.get("PASSNOTES_REVIEWS", "5000"))
"""Answers of the learner who studies longest."""
SITTERS = int(os.environ.get("PASSNOTES_SITTERS", "60"))
"""Learners who sit a mock exam of 65 questions."""
EACH = 10
PAPER = 65
YEAR = 365


def luck(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a made-up learner


def studied(enrolment: Enrolment, cards: list[Card], reviews: int) -> None:
    """A year of answers, ten to each card."""
    chance = luck(1)
    events = []
    for number in range(reviews):
        at = NOW - timedelta(days=YEAR * (1 - number / reviews), seconds=-number % 3600)
        events.append(
            ReviewEvent(
                id=UUID(int=number + 1),
                enrolment=enrolment,
                card=cards[number % len(cards)],
                kind=EventKind.ANSWER,
                rating=chance.choice((1, 2, 3, 3, 3, 3, 4)),
                reviewed_at=at,
                seq=number,
                duration_ms=chance.randint(2000, 30_000),
                received_at=at,
            )
        )
    ReviewEvent.objects.bulk_create(events, batch_size=2000)
    if events:
        rebuild(enrolment=enrolment)


def milliseconds(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


@pytest.mark.parametrize("reviews", sorted({0, 1, REVIEWS}))
def test_one_learners_statistics(
    reviews: int, exam: Exam, carol: User, capsys: pytest.CaptureFixture[str]
) -> None:
    topics = [make_topic(exam, weight=weight) for weight in (30, 26, 24, 20)]
    count = max(reviews // EACH, 8)
    cards = [card for topic in topics for card in make_cards(topic, count // len(topics))]
    enrolment = make_enrolment(carol, exam)
    studied(enrolment, cards, reviews)
    browser = Client()
    browser.force_login(carol)
    with time_machine.travel(NOW, tick=False):
        browser.get("/today/")  # plans the day
        figures = {
            "knowledge": milliseconds(lambda: knowledge_of([enrolment], NOW)),
            "readiness": milliseconds(lambda: readiness_of(enrolment, now=NOW)),
            "a year of days": milliseconds(lambda: days_studied([enrolment], now=NOW, days=371)),
            "retention": milliseconds(lambda: trials_of([enrolment])),
            "Today": milliseconds(lambda: browser.get("/today/")),
            "Stats": milliseconds(lambda: browser.get("/stats/")),
        }
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/stats/")
    with capsys.disabled():
        told = ", ".join(f"{name} {taken:.0f} ms" for name, taken in figures.items())
        print(
            f"\n{connection.vendor}, {reviews} answers to {len(cards)} cards: {told};"
            f" Stats {len(queries)} queries, {len(page.content) // 1000} kB"
        )
    assert page.status_code == 200


def sat(exam: Exam, questions: list[Question], people: list[User]) -> None:
    """Each of these people has handed in a mock exam with all the questions."""
    chance = luck(2)
    versions = dict(QuestionVersion.objects.values_list("question", "pk"))
    attempts: list[Attempt] = []
    items: list[AttemptItem] = []
    for person in people:
        skill, points = chance.random(), 0.0
        attempt = Attempt(
            user=person,
            exam=exam,
            kind=QuizKind.MOCK,
            question_count=PAPER,
            pass_mark=70,
            started_at=NOW,
            submitted_at=NOW + timedelta(hours=2),
        )
        for index, question in enumerate(questions, start=1):
            right = chance.random() < (skill + index / PAPER) / 2
            points += right
            items.append(
                AttemptItem(
                    attempt=attempt,
                    index=index,
                    question=question,
                    question_version_id=versions[question.pk],
                    choice_order=[2, 0, 1],
                    domain="Cells",
                    response=["o2" if right else chance.choice(("o1", "o3"))],
                    score=float(right),
                    spent_ms=90_000,
                )
            )
        attempt.points = points
        attempts.append(attempt)
    Attempt.objects.bulk_create(attempts)
    AttemptItem.objects.bulk_create(items, batch_size=2000)


def test_the_analysis_of_an_exam(exam: Exam, capsys: pytest.CaptureFixture[str]) -> None:
    topic = make_topic(second_exam(exam))
    questions = [make_question(topic) for _ in range(PAPER)]
    people = [make_user(f"sitter{number}") for number in range(SITTERS)]
    sat(topic.exam, questions, people)
    taken = milliseconds(lambda: analysis_of(topic.exam))
    with capsys.disabled():
        print(
            f"\n{connection.vendor}, {SITTERS} learners x {PAPER} questions analysed:"
            f" {taken:.0f} ms of CPU"
        )
    assert {each.answered for each in analysis_of(topic.exam)} == {SITTERS}
