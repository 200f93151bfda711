"""Learners in the middle of their preparation, made without a thousand answers."""

from datetime import date, timedelta

from apps.bank.models import Card, CardKind, Status
from apps.courses.models import Exam, Topic
from apps.study.models import Enrolment, Memory
from apps.study.services.enrolments import add_new_prompts
from tests.factories import NOW, NUMBERS

TODAY = NOW.date()


def make_cards(topic: Topic, count: int, **fields: object) -> list[Card]:
    """Many published cards at once."""
    return Card.objects.bulk_create(
        [
            Card(
                exam=topic.exam,
                topic=topic,
                kind=CardKind.BASIC,
                status=Status.PUBLISHED,
                front=f"Question {(number := next(NUMBERS))}?",
                back="An answer",
                position=number,
                **fields,
            )
            for _ in range(count)
        ]
    )


def remember(
    enrolment: Enrolment,
    cards: list[Card],
    *,
    stability: float = 10.0,
    last: int = 5,
    due: int = 0,
    lapses: int = 0,
    today: date = TODAY,
) -> None:
    """Have the learner know these cards: last asked `last` days ago, due in `due` days."""
    add_new_prompts(enrolment=enrolment)
    Memory.objects.filter(enrolment=enrolment, card__in=cards).update(
        stability=stability,
        difficulty=5.0,
        reps=3,
        lapses=lapses,
        first_day=today - timedelta(days=last + 10),
        last_day=today - timedelta(days=last),
        due_day=today + timedelta(days=due),
        last_reviewed_at=NOW - timedelta(days=last),
    )


def exam_in(enrolment: Enrolment, days: int | None) -> Enrolment:
    """Set the exam's date; a negative number of days has it over."""
    enrolment.exam_date = None if days is None else TODAY + timedelta(days=days)
    enrolment.save()
    return enrolment


def second_exam(exam: Exam, title: str = "Another") -> Exam:
    """One more exam that anybody may join."""
    return Exam.objects.create(code=title.lower(), title=title, visibility="open")
