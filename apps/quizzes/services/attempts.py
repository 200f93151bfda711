"""How an attempt begins: its rules are frozen and its paper is drawn."""

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from apps.accounts.models import User
from apps.bank.models import Question, QuestionVersion
from apps.courses.models import Exam, Topic
from apps.quizzes.errors import TooFewQuestions
from apps.quizzes.models import Attempt, AttemptItem, Blueprint, QuizKind
from apps.quizzes.paper import Candidate, draw, shuffled_choices
from apps.quizzes.services.marking import close_expired

# Below this a score in per cent says nothing.
FEWEST_QUESTIONS = 5
QUICK_COUNT = 10


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
    for kind in QuizKind:
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
def start_attempt(*, user: User, exam: Exam, kind: QuizKind, now: datetime) -> tuple[Attempt, bool]:
    """Begin a quiz, or go on with the one of this kind that is running.

    Returns the attempt and whether it is new. Raises TooFewQuestions. Two requests at once
    make one attempt: a constraint lets only one of a kind run.
    """
    close_expired(now=now, user=user)
    running = Attempt.objects.visible_to(user).running().filter(exam=exam, kind=kind).first()
    if running is not None:
        return running, False
    candidates = candidates_for(user, exam)
    if len(candidates) < FEWEST_QUESTIONS:
        raise TooFewQuestions(
            f"A quiz needs {FEWEST_QUESTIONS} published questions; "
            f"this exam has {len(candidates)} so far."
        )
    blueprint = blueprint_of(exam, kind)
    count = min(blueprint.question_count, len(candidates))
    minutes = fair_minutes(blueprint, count)
    attempt, is_new = Attempt.objects.get_or_create(
        user=user,
        exam=exam,
        kind=kind,
        submitted_at=None,
        defaults={
            "seed": secrets.token_hex(32),
            "question_count": count,
            "minutes": minutes,
            "pass_mark": exam.pass_mark,
            "started_at": now,
            "deadline": None if minutes is None else now + timedelta(minutes=minutes),
        },
    )
    if is_new:
        domains = Topic.objects.filter(exam=exam, owner=None).domains()
        weights = {topic.pk: topic.weight or 0 for topic in domains}
        write_paper(attempt, draw(candidates, weights=weights, count=count, seed=attempt.seed))
    return attempt, is_new


def candidates_for(user: User, exam: Exam) -> list[Candidate]:
    """Every question the learner may be asked, with when they last met it in a quiz."""
    met = dict(
        AttemptItem.objects.filter(attempt__user=user, attempt__exam=exam)
        .order_by()
        .values("question")
        .annotate(met_at=Max("attempt__started_at"))
        .values_list("question", "met_at")
    )
    rows = (
        Question.objects.studied_by(user, exam)
        .filter(versions__number=F("version"))
        .order_by("pk")
        .values_list("pk", "versions__pk", "topic__path")
    )
    return [
        Candidate(pk, version, int(path.split("/")[1]), met.get(pk)) for pk, version, path in rows
    ]


def write_paper(attempt: Attempt, drawn: Sequence[Candidate]) -> None:
    """Store the drawn questions with the order of their choices."""
    versions = QuestionVersion.objects.in_bulk([each.version for each in drawn])
    titles = dict(
        Topic.objects.filter(pk__in={each.domain for each in drawn}).values_list("pk", "title")
    )
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
        )
        for index, each in enumerate(drawn, start=1)
    )
