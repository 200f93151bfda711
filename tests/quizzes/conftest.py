"""A small bank of questions, and a learner in the middle of a quiz."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bank.models import Question, QuestionKind
from apps.bank.services.items import ChoiceText
from apps.courses.models import Exam, Topic
from apps.notes.services import cite
from apps.quizzes.models import Attempt, AttemptItem, QuizKind
from apps.quizzes.paper import options_of
from apps.quizzes.services.answers import IncomingAnswer
from apps.quizzes.services.attempts import start_attempt
from tests.factories import NOW, make_question, make_topic, make_version

SEQ = count(1)
SEVERAL = (
    ChoiceText("First right one", True, "It is one of two."),
    ChoiceText("Second right one", True, "It is the other."),
    ChoiceText("Neither", False, "It is not among them."),
)
TRUE_FALSE = (
    ChoiceText("True", True, "The notes say so."),
    ChoiceText("False", False, "The notes say the opposite."),
)


@pytest.fixture
def bank(topic: Topic) -> list[Question]:
    """Ten questions of every kind about cells and organs; the first cites a note."""
    organs = make_topic(topic.exam, "Organs", weight=100)
    questions = [make_question(topic) for _ in range(3)]
    questions += [make_question(organs) for _ in range(4)]
    questions += [
        make_question(topic, "Which two?", SEVERAL, kind=QuestionKind.MULTIPLE),
        make_question(topic, "Is it so?", TRUE_FALSE, kind=QuestionKind.TRUE_FALSE),
        make_question(
            organs,
            "What sets the pace of the heart?",
            (),
            kind=QuestionKind.TYPED,
            accepted=["Sinoatrial node"],
        ),
    ]
    version = make_version(topic.exam, "Cells\n\nIt is so.\n", name="cells.txt")
    questions[0].passages.set(cite(version=version, spans=[(3, 3)]))
    return questions


@pytest.fixture
def now() -> Any:
    """The clock stands at NOW until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mock_exam(carol: User, exam: Exam, bank: list[Question], now: Any) -> Attempt:
    """Carol's mock exam, just begun: 10 questions in 20 minutes."""
    attempt, _ = start_attempt(user=carol, exam=exam, kind=QuizKind.MOCK, now=NOW)
    return attempt


@pytest.fixture
def carol_api(carol: User, api_of: Callable[[User | None], APIClient]) -> APIClient:
    return api_of(carol)


def item_of(attempt: Attempt, kind: str) -> AttemptItem:
    """The first question of this kind in the paper."""
    return next(
        item
        for item in attempt.items.select_related("question_version")
        if item.question_version.content["kind"] == kind
    )


def right(item: AttemptItem) -> list[str]:
    """The response that earns the whole point."""
    content = item.question_version.content
    options = options_of(content, item.choice_order)
    return [option.id for option in options if option.is_correct] or [content["accepted"][0]]


def wrong(item: AttemptItem) -> list[str]:
    """A response that earns nothing."""
    options = options_of(item.question_version.content, item.choice_order)
    return [option.id for option in options if not option.is_correct][:1] or ["Liver"]


def event(item: AttemptItem, response: list[str], **fields: Any) -> dict[str, Any]:
    """An answer as a browser sends it."""
    return {
        "id": str(uuid4()),
        "index": item.index,
        "response": response,
        "flagged": False,
        "seq": next(SEQ),
        "client_at": NOW.isoformat(),
    } | fields


def answer(
    item: AttemptItem, response: list[str], *, at: datetime = NOW, **fields: Any
) -> IncomingAnswer:
    """An answer as the service takes it."""
    return IncomingAnswer(
        **{
            "id": uuid4(),
            "index": item.index,
            "response": response,
            "flagged": False,
            "seq": next(SEQ),
            "client_at": at,
            **fields,
        }
    )


def after(**time: float) -> datetime:
    """So long after the quiz began."""
    return NOW + timedelta(**time)
