"""How ready a learner is: by domain, on the whole exam, and how much stands behind it."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Count, Exists, OuterRef, Q

from apps.bank.models import Question
from apps.courses.trees import TopicTree
from apps.insights.answers import FirstAnswer, answers_of
from apps.insights.knowledge import FloatArray, Knowledge, knowledge_of
from apps.insights.statistics.passing import (
    Evidence,
    Range,
    answers_of_cards,
    belief,
    estimate,
    faded,
)
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.paper import share_out
from apps.study.models import Enrolment

FEWEST_ANSWERS = 20
"""Of fewer first answers, spread as the exam is, an estimate would say next to nothing."""
WHOLE, OTHERS = "The whole exam", "Other topics"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Domain:
    """One part of the exam: `share` of it (0 to 1) and the evidence about it.

    `answered` are first answers, `right` of them without a fault, `missing` how many more are
    needed; `met` of `prompts` have been studied. `level` is None without any evidence.
    """

    title: str
    share: float
    answered: int
    right: int
    missing: int
    met: int
    prompts: int
    recall: float
    level: Range | None


@dataclass(frozen=True)
class Readiness:
    """How an exam of today would go.

    `level` and `passing` are None until enough questions are answered for the first time:
    `missing` says how many more. Where the bank does not hold that many, it is 0.
    """

    enrolment: Enrolment
    answered: int
    missing: int
    domains: Sequence[Domain]
    level: Range | None
    passing: float | None

    @property
    def fewest(self) -> int:
        return FEWEST_ANSWERS

    @property
    def lacks_questions(self) -> bool:
        """Whether there are too few questions in the bank for an estimate ever."""
        return self.level is None and not self.missing

    @property
    def weakest(self) -> Domain | None:
        """The domain of the lowest level, if there are several with evidence."""
        known = [each for each in self.domains if each.level is not None]
        return min(known, key=level_of) if len(known) > 1 else None


def level_of(domain: Domain) -> float:
    return domain.level.value if domain.level else 0.0


@dataclass(frozen=True)
class Part:
    """A domain of the exam, or what no domain covers, with the evidence gathered for it."""

    title: str
    weight: int
    answers: Sequence[FirstAnswer]
    unseen: int
    met: int
    prompts: int
    recall: float


def readiness_of(enrolment: Enrolment, *, now: datetime) -> Readiness:
    """How ready the learner is for this exam today."""
    return readiness_of_all(knowledge_of([enrolment], now), now=now)[0]


def readiness_of_all(known: Sequence[Knowledge], *, now: datetime) -> list[Readiness]:
    """The same for several exams of one learner, by the same number of queries."""
    if not known:
        return []
    user = known[0].enrolment.user_id
    exams = {each.enrolment.exam_id for each in known}
    answers: dict[int, list[FirstAnswer]] = defaultdict(list)
    for answer in answers_of(user, exams):
        answers[answer.exam_id].append(answer)
    questions = questions_of(user, exams)
    return [
        judge(each, answers[each.enrolment.exam_id], questions[each.enrolment.exam_id], now)
        for each in known
    ]


def questions_of(
    user: int, exams: set[int], *, without: Attempt | None = None
) -> Mapping[int, Counter[int]]:
    """By exam and topic: how many questions the learner may be asked and has not met.

    What was met in the attempt `without` alone counts as not met.
    """
    mine = Q(owner=None) | Q(owner=user)
    met = AttemptItem.objects.filter(attempt__user=user, question=OuterRef("pk"))
    if without is not None:
        met = met.exclude(attempt=without)
    unseen = Question.objects.filter(mine, ~Exists(met), exam__in=exams, status="published")
    rows = unseen.order_by().values_list("exam", "topic").annotate(count=Count("pk"))
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for exam, topic, count in rows:
        found[exam][topic] = count
    return found


def judge(
    known: Knowledge, answers: Sequence[FirstAnswer], unseen: Counter[int], now: datetime
) -> Readiness:
    """What the evidence gathered for one exam comes to."""
    parts = parts_of(known, answers, unseen)
    needed = share_out(FEWEST_ANSWERS, [part.weight for part in parts])
    lacking = [
        max(min(need - len(part.answers), part.unseen), 0)
        for need, part in zip(needed, parts, strict=True)
    ]
    answered = sum(len(part.answers) for part in parts)
    short_of = max(FEWEST_ANSWERS - answered, 0)
    is_within_reach = short_of <= sum(part.unseen for part in parts)
    missing = max(sum(lacking), short_of) if is_within_reach else 0
    exam = known.enrolment.exam
    total = sum(part.weight for part in parts)
    shares = [part.weight / total for part in parts]
    evidence = [evidence_of(part, now) for part in parts]
    found = estimate(
        [belief(each) for each in evidence],
        shares=shares,
        questions=share_out(exam.question_count, [part.weight for part in parts]),
        pass_mark=exam.pass_mark,
    )
    is_enough = not missing and answered >= FEWEST_ANSWERS
    return Readiness(
        enrolment=known.enrolment,
        answered=answered,
        missing=missing,
        level=found.level if is_enough else None,
        passing=found.passing if is_enough else None,
        domains=[
            Domain(
                title=part.title,
                share=share,
                answered=len(part.answers),
                right=sum(answer.score >= 1 for answer in part.answers),
                missing=lack,
                met=part.met,
                prompts=part.prompts,
                recall=part.recall,
                level=level if part.answers or part.met else None,
            )
            for part, share, lack, level in zip(parts, shares, lacking, found.domains, strict=True)
        ],
    )


def evidence_of(part: Part, now: datetime) -> Evidence:
    """The part's answers, older ones counting less, and what its cards stand for."""
    right = wrong = 0.0
    for answer in part.answers:
        left = faded((now - answer.answered_at) / DAY)
        # The exam gives nothing for half an answer, so neither does this.
        right, wrong = (right + left, wrong) if answer.score >= 1 else (right, wrong + left)
    return Evidence(right, wrong, answers_of_cards(part.met, part.prompts), part.recall)


def parts_of(
    known: Knowledge, answers: Iterable[FirstAnswer], unseen: Counter[int]
) -> Sequence[Part]:
    """The exam's domains by weight, and the topics without one as one part more.

    That part's weight is what the domains leave of the exam; it is there only if something is.
    """
    tree = known.tree
    weights = {t.pk: t.weight for t in tree.children.get(None, []) if t.weight and not t.owner_id}
    answers_by: dict[int | None, list[FirstAnswer]] = defaultdict(list)
    for answer in answers:
        domain = int(answer.topic_path.split("/")[1])
        answers_by[domain if domain in weights else None].append(answer)
    unseen_by: Counter[int | None] = Counter()
    for topic, count in unseen.items():
        unseen_by[part_of(topic, tree, weights)] += count
    cards = cards_by_part(known, weights)
    rest = 100 - sum(weights.values())
    parts: dict[int | None, tuple[str, int]] = {
        pk: (tree.by_id[pk].title, weight) for pk, weight in weights.items()
    }
    if not weights:
        parts[None] = (WHOLE, 100)
    elif rest > 0 and (answers_by[None] or unseen_by[None] or cards[None][1]):
        parts[None] = (OTHERS, rest)
    return [
        Part(title, weight, answers_by[key], unseen_by[key], *cards[key])
        for key, (title, weight) in parts.items()
    ]


def part_of(topic: int, tree: TopicTree, weights: Container[int]) -> int | None:
    """The domain that a topic counts for; None where no domain of the exam stands above it."""
    if topic not in tree.by_id:
        return None
    domain = tree.domain(topic).pk
    return domain if domain in weights else None


def cards_by_part(
    known: Knowledge, weights: Container[int]
) -> Mapping[int | None, tuple[int, int, float]]:
    """By part: prompts studied, prompts there are, and the mean recall of those studied."""
    topics, place = np.unique(known.topic, return_inverse=True)
    columns = np.column_stack(
        [
            np.bincount(place, known.met, len(topics)),
            np.bincount(place, minlength=len(topics)),
            np.bincount(place, known.recall, len(topics)),
        ]
    )
    sums: dict[int | None, FloatArray] = defaultdict(lambda: np.zeros(3))
    for topic, row in zip(topics.tolist(), columns, strict=True):
        sums[part_of(topic, known.tree, weights)] += row
    found: dict[int | None, tuple[int, int, float]] = defaultdict(lambda: (0, 0, 0.0))
    for part, (met, prompts, recalled) in sums.items():
        found[part] = (int(met), int(prompts), float(recalled / met) if met else 0.0)
    return found
