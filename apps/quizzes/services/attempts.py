"""How an attempt begins: its rules are frozen and its paper is drawn."""

import math
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from apps.accounts.models import User
from apps.bank.models import Question, QuestionVersion
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.quizzes.errors import TooFewQuestions
from apps.quizzes.models import (
    BLUEPRINTED,
    Attempt,
    AttemptItem,
    Blueprint,
    Case,
    QuizKind,
)
from apps.quizzes.paper import Candidate, draw, shuffled_choices
from apps.quizzes.scoring import Credit
from apps.quizzes.selection import Selection
from apps.quizzes.services.marking import close_expired
from apps.quizzes.services.pools import missed, pool
from apps.quizzes.services.timing import deadline_of, extra_of

# Below this a score in per cent says nothing.
FEWEST_QUESTIONS = 5
QUICK_COUNT = 10
EVERYTHING = Selection()


@dataclass(frozen=True)
class Offer:
    """A quiz the learner could begin now, and the attempt at it that is still running."""

    kind: QuizKind
    name: str
    question_count: int
    minutes: int | None
    pass_mark: int
    running: Attempt | None


def blueprint_of(exam: Exam, kind: QuizKind) -> Blueprint:
    """The exam's blueprint of this kind; where none is stored, the one its own rules imply."""
    stored = Blueprint.objects.filter(exam=exam, kind=kind).first()
    if stored is not None:
        return stored
    if kind == QuizKind.MOCK:
        return Blueprint(
            exam=exam,
            name=kind.label,
            kind=kind,
            question_count=exam.question_count,
            minutes=exam.minutes,
        )
    return Blueprint(exam=exam, name=f"Quick {QUICK_COUNT}", kind=kind, question_count=QUICK_COUNT)


def offers(*, user: User, exam: Exam) -> list[Offer]:
    """The quizzes of an exam; none where it has too few questions."""
    available = Question.objects.studied_by(user, exam).count()
    running = {
        QuizKind(attempt.kind): attempt
        for attempt in Attempt.objects.visible_to(user).running().filter(exam=exam)
    }
    found = []
    for kind in BLUEPRINTED:
        blueprint = blueprint_of(exam, kind)
        count = min(available, blueprint.question_count)
        if kind in running or available >= FEWEST_QUESTIONS:
            found.append(
                Offer(
                    kind=kind,
                    name=blueprint.name,
                    question_count=count,
                    minutes=fair_minutes(blueprint, count),
                    pass_mark=exam.pass_mark,
                    running=running.get(kind),
                )
            )
    return found


def fair_minutes(blueprint: Blueprint, count: int) -> int | None:
    """The minutes for a paper of `count` questions: a short one leaves as long for each."""
    if blueprint.minutes is None:
        return None
    return math.ceil(blueprint.minutes * count / blueprint.question_count)


@transaction.atomic
def start_attempt(
    *,
    user: User,
    exam: Exam,
    kind: QuizKind,
    now: datetime,
    selection: Selection = EVERYTHING,
) -> tuple[Attempt, bool]:
    """Begin a quiz, or go on with the one of this kind and subject that is running.

    Returns the attempt and whether it is new. Raises TooFewQuestions. Two requests at once
    make one attempt: a constraint lets only one of a subject run.
    """
    close_expired(now=now, user=user)
    subject = selection.subject(kind)
    running = Attempt.objects.visible_to(user).running()
    same = running.filter(exam=exam, kind=kind, subject=subject).first()
    if same is not None:
        return same, False
    candidates = pool(user, exam, kind, selection)
    check_enough(kind, len(candidates))
    attempt, is_new = Attempt.objects.get_or_create(
        user=user,
        exam=exam,
        kind=kind,
        subject=subject,
        submitted_at=None,
        defaults=rules_of(user, exam, kind, selection, len(candidates), now),
    )
    if is_new:
        weights = weights_of(exam) if kind in {*BLUEPRINTED, QuizKind.CUSTOM} else {}
        drawn = draw(candidates, weights=weights, count=attempt.question_count, seed=attempt.seed)
        write_paper(attempt, drawn)
    return attempt, is_new


def check_enough(kind: QuizKind, available: int) -> None:
    """Raise TooFewQuestions, in words that fit the quiz, unless it can be drawn."""
    if kind in BLUEPRINTED and available < FEWEST_QUESTIONS:
        raise TooFewQuestions(
            f"A quiz needs {FEWEST_QUESTIONS} published questions; "
            f"this exam has {available} so far."
        )
    if available == 0:
        raise TooFewQuestions(
            "Nothing is missed: every question you have answered was right the last time."
            if kind in {QuizKind.MISSED, QuizKind.RETRY}
            else "No question fits this choice: allow more topics or kinds, or others than unseen."
        )


def rules_of(
    user: User, exam: Exam, kind: QuizKind, selection: Selection, available: int, now: datetime
) -> dict[str, Any]:
    """What an attempt keeps from its first moment on."""
    if kind in BLUEPRINTED:
        blueprint = blueprint_of(exam, kind)
        title = blueprint.name
        count = min(blueprint.question_count, available)
        minutes = fair_minutes(blueprint, count)
    else:
        title = title_of(kind, user, exam, selection)
        count, minutes = min(selection.count, available), selection.minutes
    is_mock = kind == QuizKind.MOCK
    return {
        "title": title,
        "credit": Credit.EXACT if is_mock else Credit.PROPORTIONAL,
        "tells_at_once": selection.tells_at_once and kind not in BLUEPRINTED,
        "shares": [
            {"title": topic.title, "weight": topic.weight}
            for topic in Topic.objects.filter(exam=exam, owner=None).domains()
        ],
        "seed": secrets.token_hex(32),
        "question_count": count,
        "minutes": minutes,
        "pass_mark": exam.pass_mark,
        "started_at": now,
        "deadline": deadline_of(now, minutes, extra_of(user, exam)),
    }


def title_of(kind: QuizKind, user: User, exam: Exam, selection: Selection) -> str:
    """What the quiz is called in the learner's list."""
    if kind != QuizKind.TOPIC:
        return kind.label
    topics = Topic.objects.visible_to(user).filter(exam=exam, pk__in=selection.topics)
    return f"Learn: {', '.join(topic.title for topic in topics)}"[:250]


def weights_of(exam: Exam) -> dict[int, int]:
    """The share of the exam that each domain carries."""
    domains = Topic.objects.filter(exam=exam, owner=None).domains()
    return {topic.pk: topic.weight or 0 for topic in domains}


def write_paper(attempt: Attempt, drawn: Sequence[Candidate]) -> None:
    """Store the drawn questions with the order of their choices."""
    versions = QuestionVersion.objects.in_bulk([each.version for each in drawn])
    titles = dict(
        Topic.objects.filter(pk__in={each.domain for each in drawn}).values_list("pk", "title")
    )
    cases = Case.objects.in_bulk({each.case for each in drawn if each.case is not None})
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            index=index,
            question_id=each.question,
            question_version=versions[each.version],
            choice_order=shuffled_choices(
                versions[each.version].content, question=each.question, seed=attempt.seed
            ),
            domain=titles[each.domain],
            stimulus="" if each.case is None else cases[each.case].text,
            is_first=each.met_at is None,
        )
        for index, each in enumerate(drawn, start=1)
    )


@dataclass(frozen=True)
class TopicOffer:
    """A topic with questions of its own or below it, and how many."""

    topic: Topic
    depth: int
    questions: int


def topic_offers(*, user: User, exam: Exam) -> list[TopicOffer]:
    """The topics a learner may be asked about, with how many questions each branch has."""
    tree = TopicTree(Topic.objects.visible_to(user).filter(exam=exam))
    counts: Counter[int] = Counter()
    rows = Question.objects.studied_by(user, exam).order_by().values_list("topic")
    for topic_id, count in rows.annotate(count=Count("pk")):
        if topic_id in tree.by_id:
            counts.update({topic.pk: count for topic in tree.lineage(topic_id)})
    return [
        TopicOffer(topic, depth, counts[topic.pk])
        for topic, depth in tree.walk()
        if counts[topic.pk]
    ]


def missed_count(*, user: User, exam: Exam) -> int:
    """How many questions the learner could try again because the last answer was wrong."""
    return Question.objects.studied_by(user, exam).filter(pk__in=missed(user, exam)).count()
