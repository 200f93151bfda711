"""First answers: how learners did on questions they had never met, the evidence that counts.

A question met again tells what was remembered of its explanation, not what is known.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from apps.quizzes.models import AttemptItem, QuizKind
from apps.quizzes.services.evidence import NOTHING_TOLD

ROWS = 5_000


class FirstAnswer(NamedTuple):
    """One learner's first answer to one question."""

    attempt_id: UUID
    exam_id: int
    topic_path: str
    score: float
    answered_at: datetime
    kind: str
    response: list[str]


def first_answers(items: QuerySet[AttemptItem]) -> QuerySet[AttemptItem]:
    """Of these items, those by which a learner met a question for the first time, once marked."""
    marked = items.exclude(attempt__submitted_at=None).exclude(score=None)
    return marked.filter(is_first=True).order_by()


def tells_something(kind: str, response: list[str]) -> bool:
    """Whether an answer counts: what is left blank in practice was not tried."""
    return bool(response) or kind == QuizKind.MOCK


def answers_of(user: int, exams: set[int]) -> Iterator[FirstAnswer]:
    """A learner's own first answers in these exams, by one query.

    What a ruling gave to everybody, or took from everybody, tells nothing of a learner.
    """
    items = AttemptItem.objects.filter(attempt__user=user, attempt__exam__in=exams)
    rows = first_answers(items.exclude(ruling__in=NOTHING_TOLD)).values_list(
        "attempt_id",
        "attempt__exam_id",
        "question_version__question__topic__path",
        "score",
        "attempt__submitted_at",
        "attempt__kind",
        "response",
    )
    for answer in map(FirstAnswer._make, rows.iterator(chunk_size=ROWS)):
        if tells_something(answer.kind, answer.response):
            yield answer
