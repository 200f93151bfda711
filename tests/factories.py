"""The smallest complete things tests need, made through the doors the product uses."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from apps.accounts.models import User
from apps.bank.models import Card, CardKind, Question, QuestionKind, Status
from apps.bank.services.items import ChoiceText, save_card, save_question
from apps.courses.models import Exam, Topic
from apps.courses.services import create_topic
from apps.notes.models import Note, NoteVersion
from apps.notes.services import cite, store_version
from apps.study.models import Enrolment
from apps.study.services.enrolments import enrol

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NUMBERS = count(1)


def make_user(name: str, **fields: Any) -> User:
    """A person called `name`, whose password is the word "password"."""
    return User.objects.create_user(
        email=f"{name}@example.org", password="password", name=name.title(), **fields
    )


def make_topic(exam: Exam, title: str = "", **fields: Any) -> Topic:
    return create_topic(exam=exam, title=title or f"Topic {next(NUMBERS)}", **fields)


def make_note(exam: Exam, text: str, *, owner: User | None = None, name: str = "") -> Note:
    version = make_version(exam, text, owner=owner, name=name)
    return version.note


def make_version(
    exam: Exam, text: str, *, owner: User | None = None, name: str = ""
) -> NoteVersion:
    version, _ = store_version(
        exam=exam,
        owner=owner,
        topic=None,
        name=name or f"note-{next(NUMBERS)}.txt",
        kind="text",
        text=text,
    )
    return version


def make_card(
    topic: Topic,
    front: str = "",
    back: str = "An answer",
    *,
    kind: CardKind = CardKind.BASIC,
    status: Status = Status.PUBLISHED,
    items: Sequence[str] = (),
    owner: User | None = None,
    version: NoteVersion | None = None,
    line: int = 1,
) -> Card:
    """A card, citing one line of `version` if there is one."""
    number = next(NUMBERS)
    card = Card(
        exam=topic.exam,
        topic=topic,
        kind=kind,
        front=front or f"Question {number}?",
        back=back,
        items=list(items),
        status=status,
        owner=owner,
        note=version.note if version else None,
        position=number,
    )
    save_card(card=card, author=None)
    if version is not None:
        card.passages.set(cite(version=version, spans=[(line, line)]))
    return card


def make_question(
    topic: Topic,
    stem: str = "",
    choices: Sequence[ChoiceText] = (
        ChoiceText("Right", True, "It is so."),
        ChoiceText("Wrong", False, "It is not."),
        ChoiceText("Also wrong", False, "Neither is this."),
    ),
    *,
    kind: QuestionKind = QuestionKind.SINGLE,
    status: Status = Status.PUBLISHED,
    accepted: Sequence[str] = (),
    owner: User | None = None,
) -> Question:
    number = next(NUMBERS)
    question = Question(
        exam=topic.exam,
        topic=topic,
        kind=kind,
        stem=stem or f"Which is right, number {number}?",
        accepted=list(accepted),
        explanation="Because the notes say so.",
        status=status,
        owner=owner,
        position=number,
    )
    save_question(question=question, author=None, choices=choices)
    return question


def make_enrolment(
    user: User, exam: Exam, *, now: datetime = NOW, exam_date: date | None = None
) -> Enrolment:
    return enrol(user=user, exam=exam, now=now, exam_date=exam_date)
