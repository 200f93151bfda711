"""What rulings changed in an exam's papers, so that the figures of questions can look past it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from apps.bank.models import Question, QuestionVersion
from apps.courses.models import Exam
from apps.quizzes.models import AttemptItem, Ruling, RulingKind
from apps.quizzes.scoring import Credit, score_response
from apps.quizzes.services.evidence import NOTHING_TOLD
from apps.quizzes.services.marking import key_of


@dataclass(frozen=True)
class Rulings:
    """The newest ruling about each question, and what the papers say because of them.

    `given` tells of an attempt how many of its questions everybody got or lost, and the points
    that this made; `contents` has the words of the versions that were asked, by their keys.
    """

    newest: Mapping[UUID, Ruling] = field(default_factory=dict)
    given: Mapping[UUID, tuple[int, float]] = field(default_factory=dict)
    contents: Mapping[int, dict[str, Any]] = field(default_factory=dict)

    def settles(self, question: Question) -> Ruling | None:
        """The ruling by which everybody gets the point of a question as it reads, or nobody."""
        ruling = self.newest.get(question.pk)
        if ruling is None or ruling.kind not in NOTHING_TOLD:
            return None
        return ruling if ruling.reaches(question.version) else None

    def reaches(self, question: UUID, version: int) -> bool:
        """Whether answers to earlier versions were marked by the key of this one."""
        ruling = self.newest.get(question)
        return (
            ruling is not None
            and ruling.kind == RulingKind.NEW_KEY
            and ruling.version is not None
            and ruling.version.number == version
        )

    def score_as_written(
        self, asked: int, order: Sequence[int], credit: str, given: Sequence[str]
    ) -> float:
        """What an answer to the version `asked` was worth by that version's own key."""
        return score_response(key_of(self.contents[asked], order, Credit(credit)), given)

    def places_now(self, asked: int, question: UUID, places: frozenset[int]) -> frozenset[int]:
        """Places of choices of the version `asked`, as the newest key's version counts them."""
        ruling = self.newest[question]
        if ruling.version is None or asked not in self.contents:
            return places
        before = [choice["text"] for choice in self.contents[asked]["choices"]]
        now = [choice["text"] for choice in ruling.version.content["choices"]]
        return frozenset(now.index(before[place]) for place in places)


def rulings_of(exam: Exam) -> Rulings:
    """All that was ruled about a course's questions, by three queries, or one where nothing was."""
    rows = Ruling.objects.filter(question__exam=exam, question__owner=None)
    newest = {row.question_id: row for row in rows.select_related("version").order_by("pk")}
    if not newest:
        return Rulings()
    items = AttemptItem.objects.filter(attempt__exam=exam).order_by()
    given = items.filter(ruling__in=NOTHING_TOLD).values_list("attempt")
    changed = [pk for pk, row in newest.items() if row.kind != RulingKind.AS_WRITTEN]
    asked = QuestionVersion.objects.filter(question__in=changed)
    return Rulings(
        newest=newest,
        given={
            attempt: (count, points)
            for attempt, count, points in given.annotate(count=Count("pk"), points=Sum("score"))
        },
        contents=dict(asked.values_list("pk", "content")),
    )
