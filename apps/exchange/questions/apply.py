"""Carrying out what an import of questions has planned, through the bank's own services."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.bank.models import Question
from apps.bank.services.bulk import add_questions
from apps.bank.services.items import ChoiceText, save_question
from apps.courses.models import Exam, Topic
from apps.courses.services import find_or_create_topic
from apps.exchange.models import QuestionImportRow, RowFate
from apps.exchange.questions.bank import of_content
from apps.exchange.questions.plan import why_unfit


@transaction.atomic
def apply_rows(rows: Sequence[QuestionImportRow], *, exam: Exam, author: User) -> None:
    """Write what is new as drafts and what has changed as new versions."""
    topics = Topics(exam)
    last = Question.objects.filter(exam=exam).aggregate(last=Max("position"))["last"] or 0
    fit: list[tuple[Question, list[ChoiceText]]] = []
    written = [row for row in rows if row.fate in {RowFate.NEW, RowFate.CHANGED}]
    for position, row in enumerate(written, start=last + 1):
        choices = [ChoiceText(**choice) for choice in row.after["choices"]]
        if row.fate == RowFate.NEW:
            question = Question(pk=row.question, exam=exam, position=position)
            give_words(question, row.after, topics)
            if why_unfit(of_content(row.after)):
                # A draft may be incomplete; what learners get is checked when it is published.
                save_question(question=question, author=author, choices=choices)
            else:
                fit.append((question, choices))
        elif row.question is not None:
            question = Question.objects.select_for_update().get(pk=row.question)
            give_words(question, row.after, topics)
            save_question(question=question, author=author, choices=choices)
    add_questions(fit, passages={}, author=author)


def give_words(question: Question, content: dict[str, Any], topics: "Topics") -> None:
    question.kind, question.stem = content["kind"], content["stem"]
    question.accepted, question.explanation = content["accepted"], content["explanation"]
    question.topic = topics.at(tuple(content["topic"]))


class Topics:
    """The course's topics by their titles from the domain down, made where there are none."""

    def __init__(self, exam: Exam) -> None:
        self.exam = exam
        self.known: dict[tuple[str, ...], Topic] = {}

    def at(self, titles: tuple[str, ...]) -> Topic:
        if titles not in self.known:
            parent = self.at(titles[:-1]) if titles[:-1] else None
            self.known[titles] = find_or_create_topic(
                exam=self.exam, title=titles[-1], parent=parent, owner=None
            )
        return self.known[titles]
