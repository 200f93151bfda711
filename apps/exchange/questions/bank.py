"""The questions of an exam as documents, and what of them a file is compared with."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from apps.bank.models import Question, QuestionVersion, Status
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.exchange import documents
from apps.exchange.documents import Case, Choice, QuestionKind
from apps.quizzes.models import CaseQuestion

BATCH = 500
T = TypeVar("T")


def course_questions(exam: Exam, statuses: Sequence[Status]) -> Iterator[documents.Question]:
    """The course's questions with their keys, topic by topic in the order of the tree."""
    tree = TopicTree(Topic.objects.filter(exam=exam))
    rows = Question.objects.filter(exam=exam, owner=None, status__in=statuses)
    found = list(rows.select_related("case_place__case").prefetch_related("choices"))
    found.sort(key=lambda row: (tree.order[row.topic_id], row.position, str(row.pk)))
    return (replace(as_document(row, tree), case=case_of(row)) for row in found)


def case_of(question: Question) -> Case | None:
    """The case that a question belongs to, as formats know it."""
    place: CaseQuestion | None = getattr(question, "case_place", None)
    if place is None:
        return None
    return Case(str(place.case_id), place.case.title, place.case.text)


def as_document(question: Question, tree: TopicTree) -> documents.Question:
    """A stored question with its choices, as formats know it."""
    return documents.Question(
        kind=QuestionKind(question.kind),
        stem=question.stem,
        choices=tuple(
            Choice(each.text, each.is_correct, each.why) for each in question.choices.all()
        ),
        accepted=tuple(map(str, question.accepted)),
        explanation=question.explanation,
        topic=tree.titles(question.topic_id),
        id=str(question.pk),
    )


def of_content(content: dict[str, Any]) -> documents.Question:
    """The words that a version keeps, tidied."""
    return documents.Question(
        kind=QuestionKind(content["kind"]),
        stem=content["stem"],
        choices=tuple(Choice(**choice) for choice in content["choices"]),
        accepted=tuple(map(str, content["accepted"])),
        explanation=content["explanation"],
    ).tidied


def wording(question: documents.Question) -> documents.Question:
    """A question without its place and its name: what a version would keep."""
    return replace(question, topic=(), id="")


def digest(question: documents.Question) -> str:
    """What a question asks and what answers it, as one short word; who explains how is apart."""
    is_match = question.kind is QuestionKind.MATCH
    asked = [
        question.kind,
        question.stem,
        [[each.text, each.is_correct, each.why if is_match else ""] for each in question.choices],
        question.accepted,
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass
class Held:
    """The course's questions by id and by what they ask, tidied."""

    rows: dict[UUID, Question] = field(default_factory=dict)
    texts: dict[UUID, documents.Question] = field(default_factory=dict)
    by_digest: dict[str, UUID] = field(default_factory=dict)
    elsewhere: set[UUID] = field(default_factory=set)


def held_by(exam: Exam, ids: Iterable[UUID]) -> Held:
    """All the exam has, and which of these ids are a question of another exam or a learner's."""
    held = Held()
    tree = TopicTree(Topic.objects.filter(exam=exam))
    for row in Question.objects.filter(exam=exam, owner=None).prefetch_related("choices"):
        held.rows[row.pk] = row
        held.texts[row.pk] = as_document(row, tree).tidied
        held.by_digest.setdefault(digest(held.texts[row.pk]), row.pk)
    for keys in batches([pk for pk in ids if pk not in held.rows]):
        held.elsewhere |= set(Question.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return held


def earlier_wordings(ids: Sequence[UUID]) -> dict[UUID, list[documents.Question]]:
    """All the words that these questions ever had."""
    found: dict[UUID, list[documents.Question]] = defaultdict(list)
    for keys in batches(ids):
        for version in QuestionVersion.objects.filter(question__in=keys):
            found[version.question_id].append(of_content(version.content))
    return found


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in portions that a database takes as parameters of one query."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
