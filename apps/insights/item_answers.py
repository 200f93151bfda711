"""The first answers to the questions of a course, as item analysis needs them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from apps.bank.models import WRITTEN, QuestionKind
from apps.courses.models import Exam, Membership
from apps.courses.querysets import EDITING_ROLES
from apps.insights.answers import ROWS, first_answers, tells_something
from apps.quizzes.models import AttemptItem, RulingKind

CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)


class Row(NamedTuple):
    """One first answer with what its worth is measured by."""

    question: UUID
    number: int
    version: int
    kind: str
    ruling: str
    spent_ms: int
    quiz: str
    points: float
    questions: int
    score: float
    order: list[int]
    given: list[str]


@dataclass
class ItemAnswers:
    """The first answers to one question in its present version, as columns of one length.

    `rests` are the mean scores on the rest of the papers; `chosen` holds the author's places of
    the choices, `typed` what was written; `seconds` has only the answers whose time is known.
    """

    scores: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    chosen: list[frozenset[int]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def answers_by_item(exam: Exam, question: UUID | None = None) -> Mapping[UUID, ItemAnswers]:
    """The first answers to the course's questions, or to one of them, in one query.

    Who authors the exam does not count, for they know the key. A question that was rewritten
    begins anew, for other words are another item, unless a ruling marked its answers by the new
    key. A paper of one question has no rest and tells
    nothing.
    """
    authors = Membership.objects.filter(exam=exam, role__in=EDITING_ROLES).values("user")
    items = AttemptItem.objects.filter(
        attempt__exam=exam, question_version__question__owner=None, attempt__question_count__gt=1
    ).exclude(attempt__user__in=authors)
    if question is not None:
        items = items.filter(question_version__question=question)
    rows = first_answers(items).values_list(
        "question_version__question",
        "question_version__number",
        "question_version__question__version",
        "question_version__question__kind",
        "ruling",
        "spent_ms",
        "attempt__kind",
        "attempt__points",
        "attempt__question_count",
        "score",
        "choice_order",
        "response",
    )
    found: dict[UUID, ItemAnswers] = defaultdict(ItemAnswers)
    for row in map(Row._make, rows.iterator(chunk_size=ROWS)):
        is_present = row.number == row.version or row.ruling == RulingKind.NEW_KEY
        if is_present and tells_something(row.quiz, row.given):
            add(found[row.question], row)
    return found


def add(answers: ItemAnswers, row: Row) -> None:
    rest = (row.points - row.score) / (row.questions - 1)
    answers.scores.append(row.score)
    answers.rests.append(min(max(rest, 0.0), 1.0))
    answers.chosen.append(places_of(row.given, row.order) if row.kind in CHOSEN else frozenset())
    if row.given and row.kind in WRITTEN:
        answers.typed.append(row.given[0])
    if row.spent_ms:
        answers.seconds.append(row.spent_ms / 1000)


def places_of(given: Sequence[str], order: Sequence[int]) -> frozenset[int]:
    """The author's places of chosen options, whose ids o1, o2, … count in the order shown."""
    return frozenset(order[int(each.removeprefix("o")) - 1] for each in given)
