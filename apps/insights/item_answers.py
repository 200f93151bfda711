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
from apps.insights.rulings import Rulings
from apps.quizzes.models import AttemptItem
from apps.quizzes.services.evidence import NOTHING_TOLD

CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)


class Row(NamedTuple):
    """One first answer with what its worth is measured by.

    `asked` is the key of the version that was answered and `number` its number, `version` that of
    the present one.
    """

    attempt: UUID
    question: UUID
    asked: int
    number: int
    version: int
    kind: str
    ruling: str
    credit: str
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


def answers_by_item(
    exam: Exam, rulings: Rulings, question: UUID | None = None
) -> Mapping[UUID, ItemAnswers]:
    """The first answers to the course's questions, or to one of them, in one query.

    Who authors the exam does not count, for they know the key. A question that was rewritten
    begins anew, for other words are another item, unless a ruling marked its answers by the new
    key. A question whose point everybody got or lost is scored as it was written, and is no part
    of the rest of other questions. A paper that leaves no rest tells nothing.
    """
    authors = Membership.objects.filter(exam=exam, role__in=EDITING_ROLES).values("user")
    items = AttemptItem.objects.filter(
        attempt__exam=exam, question_version__question__owner=None, attempt__question_count__gt=1
    ).exclude(attempt__user__in=authors)
    if question is not None:
        items = items.filter(question_version__question=question)
    # Learners who did alike are ranked in this order, so that figures do not change by themselves.
    rows = (
        first_answers(items)
        .order_by("attempt")
        .values_list(
            "attempt",
            "question_version__question",
            "question_version",
            "question_version__number",
            "question_version__question__version",
            "question_version__question__kind",
            "ruling",
            "attempt__credit",
            "spent_ms",
            "attempt__kind",
            "attempt__points",
            "attempt__question_count",
            "score",
            "choice_order",
            "response",
        )
    )
    found: dict[UUID, ItemAnswers] = defaultdict(ItemAnswers)
    for row in map(Row._make, rows.iterator(chunk_size=ROWS)):
        is_present = row.number == row.version or rulings.reaches(row.question, row.version)
        if is_present and tells_something(row.quiz, row.given):
            add(found[row.question], row, rulings)
    return found


def add(answers: ItemAnswers, row: Row, rulings: Rulings) -> None:
    """Put one answer to the others, unless nothing else on its paper counts."""
    is_given = row.ruling in NOTHING_TOLD
    count, points = rulings.given.get(row.attempt, (0, 0.0))
    others = row.questions - count - (not is_given)
    if others < 1:
        return
    rest = (row.points - points - (0 if is_given else row.score)) / others
    score = row.score
    if is_given:
        score = rulings.score_as_written(row.asked, row.order, row.credit, row.given)
    answers.scores.append(score)
    answers.rests.append(min(max(rest, 0.0), 1.0))
    answers.chosen.append(chosen_places(row, rulings))
    if row.given and row.kind in WRITTEN:
        answers.typed.append(row.given[0])
    if row.spent_ms:
        answers.seconds.append(row.spent_ms / 1000)


def chosen_places(row: Row, rulings: Rulings) -> frozenset[int]:
    """The present version's places of the choices that were chosen."""
    if row.kind not in CHOSEN:
        return frozenset()
    places = places_of(row.given, row.order)
    if row.number == row.version:
        return places
    return rulings.places_now(row.asked, row.question, places)


def places_of(given: Sequence[str], order: Sequence[int]) -> frozenset[int]:
    """The author's places of chosen options, whose ids o1, o2, … count in the order shown."""
    return frozenset(order[int(each.removeprefix("o")) - 1] for each in given)
