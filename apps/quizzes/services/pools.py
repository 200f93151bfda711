"""Which questions a quiz may be drawn from, and how well the learner knows their topics."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from apps.accounts.models import User
from apps.bank.models import Question, Status
from apps.courses.models import Exam, Topic
from apps.quizzes.models import AttemptItem, QuizKind
from apps.quizzes.paper import Candidate
from apps.quizzes.selection import Met, Selection
from apps.study.models import EventKind, ReviewEvent

RowsOf = QuerySet[Question]


def pool(user: User, exam: Exam, kind: QuizKind, selection: Selection) -> list[Candidate]:
    """The questions of an exam that a quiz of this kind may hold, for this learner."""
    asked = Question.objects.studied_by(user, exam)
    match kind:
        case QuizKind.TOPIC | QuizKind.CUSTOM:
            return candidates_of(user, exam, narrowed(asked, user, exam, selection))
        case QuizKind.MISSED:
            return candidates_of(user, exam, asked.filter(pk__in=missed(user, exam)))
        case QuizKind.RETRY:
            again = AttemptItem.objects.filter(
                attempt=selection.of, attempt__user=user, score__lt=1
            )
            return candidates_of(user, exam, asked.filter(pk__in=again.values("question")))
        case QuizKind.WEAKEST:
            return weakest_first(user, exam, candidates_of(user, exam, asked))
    return candidates_of(user, exam, asked)


def narrowed(asked: RowsOf, user: User, exam: Exam, selection: Selection) -> RowsOf:
    """The questions that the learner's own choices leave."""
    if selection.topics:
        branches = Q()
        for topic in Topic.objects.visible_to(user).filter(exam=exam, pk__in=selection.topics):
            branches |= Q(topic__path__startswith=topic.path)
        asked = asked.filter(branches) if branches else asked.none()
    if selection.kinds:
        asked = asked.filter(kind__in=selection.kinds)
    met = AttemptItem.objects.filter(attempt__user=user, attempt__exam=exam).values("question")
    match selection.met:
        case Met.SEEN:
            return asked.filter(pk__in=met)
        case Met.UNSEEN:
            return asked.exclude(pk__in=met.exclude(question=None))
    return asked


def topics_asked(user: User, exams: Collection[int]) -> set[str]:
    """The paths of the topics that hold questions the learner may be asked, in these exams."""
    mine = Q(owner=None) | Q(owner=user)
    asked = Question.objects.filter(mine, exam__in=exams, status=Status.PUBLISHED)
    return set(asked.order_by().values_list("topic__path", flat=True).distinct())


def missed(user: User, exam: Exam) -> list[UUID]:
    """The questions whose newest marked answer did not earn the whole point."""
    marked = (
        AttemptItem.objects.filter(attempt__user=user, attempt__exam=exam)
        .exclude(score=None)
        .exclude(question=None)
        .order_by("attempt__started_at", "index")
        .values_list("question", "score")
    )
    newest = dict(marked)
    return [question for question, score in newest.items() if score is not None and score < 1]


def candidates_of(user: User, exam: Exam, questions: RowsOf) -> list[Candidate]:
    """These questions with when the learner last met them in a quiz."""
    met = dict(
        AttemptItem.objects.filter(attempt__user=user, attempt__exam=exam)
        .order_by()
        .values("question")
        .annotate(met_at=Max("attempt__started_at"))
        .values_list("question", "met_at")
    )
    rows = (
        questions.filter(versions__number=F("version"))
        .order_by("pk")
        .values_list(
            "pk", "versions__pk", "topic__path", "case_place__case", "case_place__position"
        )
    )
    return [
        Candidate(pk, version, int(path.split("/")[1]), met.get(pk), case=case, place=position or 0)
        for pk, version, path, case, position in rows
    ]


def weakest_first(user: User, exam: Exam, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the strength of their topics."""
    topics = dict(
        Question.objects.filter(pk__in=[each.question for each in candidates]).values_list(
            "pk", "topic"
        )
    )
    strengths = strengths_of(user, exam)
    return [
        replace(each, strength=strengths.get(topics[each.question], strength(0, 0)))
        for each in candidates
    ]


def strengths_of(user: User, exam: Exam) -> Mapping[int, float]:
    """How well each topic is known, by the answers in quizzes and the reviews of its cards."""
    right: Counter[int] = Counter()
    total: Counter[int] = Counter()
    answers = (
        AttemptItem.objects.filter(attempt__user=user, attempt__exam=exam, question__isnull=False)
        .exclude(score=None)
        .order_by()
        .values("question__topic")
        .annotate(every=Count("pk"), good=Count("pk", filter=Q(score=1)))
        .values_list("question__topic", "every", "good")
    )
    reviews = (
        ReviewEvent.objects.filter(
            enrolment__user=user, enrolment__exam=exam, kind=EventKind.ANSWER
        )
        .order_by()
        .values("card__topic")
        .annotate(every=Count("pk"), good=Count("pk", filter=Q(rating__gt=1)))
        .values_list("card__topic", "every", "good")
    )
    for topic, every, good in [*answers, *reviews]:
        total[topic] += every
        right[topic] += good
    return {topic: strength(right[topic], total[topic]) for topic in total}


def strength(right: int, total: int) -> float:
    """The share to expect of the next answer: a topic nobody asked about is half known."""
    return (1 + right) / (2 + total)
