"""Learners who sit quizzes, through the services the product uses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.bank.models import QuestionKind
from apps.courses.models import Exam
from apps.quizzes.models import Attempt, AttemptItem, QuizKind
from apps.quizzes.paper import options_of, right_order, right_pairs
from apps.quizzes.services.answers import IncomingAnswer, record_answers
from apps.quizzes.services.attempts import start_attempt
from apps.quizzes.services.marking import submit
from tests.factories import NOW

Choose = Callable[[AttemptItem], list[str]]


def right(item: AttemptItem) -> list[str]:
    """The answer that earns the point."""
    content = item.question_version.content
    match content["kind"]:
        case QuestionKind.ORDER:
            return right_order(item.choice_order)
        case QuestionKind.MATCH:
            return right_pairs(content, item.choice_order)
    options = options_of(content, item.choice_order)
    return [option.id for option in options if option.is_correct] or [content["accepted"][0]]


def wrong(item: AttemptItem) -> list[str]:
    """An answer that earns nothing."""
    return chosen(item, next(c["text"] for c in choices(item) if not c["is_correct"]))


def blank(item: AttemptItem) -> list[str]:
    return []


def chosen(item: AttemptItem, text: str) -> list[str]:
    """The choice with this text."""
    options = options_of(item.question_version.content, item.choice_order)
    return [option.id for option in options if option.text == text]


def choices(item: AttemptItem) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item.question_version.content["choices"]
    return found


def sit(
    user: User,
    exam: Exam,
    choose: Choose = right,
    *,
    kind: QuizKind = QuizKind.QUICK,
    at: datetime = NOW,
    seconds: float = 10,
) -> Attempt:
    """Take a quiz from its start to its marks, with so many seconds for each question."""
    attempt, _ = start_attempt(user=user, exam=exam, kind=kind, now=at)
    events = []
    for place, item in enumerate(attempt.items.select_related("question_version"), start=1):
        moment = at + timedelta(seconds=place * seconds)
        if response := choose(item):
            events.append(
                IncomingAnswer(
                    uuid4(), item.index, response, False, place, moment, round(seconds * 1000)
                )
            )
    done = at + timedelta(seconds=(attempt.question_count + 1) * seconds)
    record_answers(attempt=attempt, events=events, now=done)
    return submit(attempt=attempt, now=done)
