"""Prompts with all that the study page needs to ask them: words, sources, and what follows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Count

from apps.bank.models import Card
from apps.bank.prompts import Prompt, prompts_of
from apps.courses.models import Exam, Topic
from apps.courses.trees import TopicTree
from apps.study.memory.fsrs import Rating
from apps.study.memory.fuzz import prompt_seed
from apps.study.models import DailyPlan, Enrolment, Memory, Mode
from apps.study.planner import day as exam_day
from apps.study.planner import retention_mode
from apps.study.planner.market import Market
from apps.study.planner.placing import BALANCED_DAYS
from apps.study.planner.prompts import Exam as ExamAhead
from apps.study.planner.prompts import Prompts
from apps.study.services.availability import time_of
from apps.study.services.preparations import IntArray, shares_of, weight_of_prompts
from apps.study.services.studies import learner_of

DAYS_PER_MONTH, DAYS_PER_YEAR = 30.44, 365.25
TODAY, NEVER_AGAIN = "today", "after the exam"


@dataclass(frozen=True)
class Source:
    """A cited passage: lines and pages count from 1; a note may have no pages."""

    note_id: int
    note: str
    page: int | None
    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True)
class QueuedPrompt:
    """One prompt with everything needed to ask it without another request.

    `intervals` says, for each rating 1 to 4, after how long it would be asked again; `weight`
    is its share of the exam, 0 to 1. Who may not edit the card may suggest other words.
    """

    card_id: UUID
    ordinal: int
    kind: str
    path: tuple[str, ...]
    prompt: Prompt
    explanation: str
    sources: tuple[Source, ...]
    intervals: dict[int, str]
    is_new: bool
    is_leech: bool
    weight: float
    may_edit: bool


def dress(
    memories: Sequence[Memory], enrolment: Enrolment, plan: DailyPlan
) -> Iterator[QueuedPrompt]:
    """The prompts of these memories with words, path, sources and intervals."""
    topics = list(Topic.objects.filter(exam=enrolment.exam_id))
    tree = TopicTree(topics)
    wanted = Card.objects.filter(pk__in={memory.card_id for memory in memories})
    cards = {card.pk: card for card in wanted.with_sources()}
    edits = Exam.objects.editable_by(enrolment.user).filter(pk=enrolment.exam_id).exists()
    weights = weights_by_domain(enrolment, topics)
    domains = {card.pk: tree.domain(card.topic_id).pk for card in cards.values()}
    weight = [weights[domains[memory.card_id]] for memory in memories]
    asked = columns(memories, [cards[memory.card_id].topic_id for memory in memories], weight, plan)
    labels = intervals(asked, memories, enrolment, plan)
    for place, memory in enumerate(memories):
        card = cards[memory.card_id]
        prompts = {prompt.ordinal: prompt for prompt in prompts_of(card)}
        if memory.ordinal not in prompts:
            continue  # the card was edited and is no longer asked this way
        yield QueuedPrompt(
            card_id=card.pk,
            ordinal=memory.ordinal,
            kind=card.kind,
            path=tree.titles(card.topic_id),
            prompt=prompts[memory.ordinal],
            explanation=card.explanation,
            sources=tuple(sources_of(card)),
            intervals=labels[place],
            is_new=memory.stability is None,
            is_leech=memory.lapses >= enrolment.leech_lapses,
            weight=weight[place],
            may_edit=edits or card.owner_id is not None,
        )


def sources_of(card: Card) -> Iterator[Source]:
    for passage in card.passages.all():
        yield Source(
            note_id=passage.version.note_id,
            note=passage.version.note.name,
            page=passage.page,
            first_line=passage.first_line,
            last_line=passage.last_line,
            text=passage.quote,
        )


def weights_by_domain(enrolment: Enrolment, topics: Iterable[Topic]) -> Mapping[int, float]:
    """The share of the exam of one prompt in each domain, as the planner takes it."""
    domain_of = {topic.pk: int(topic.path.split("/")[1]) for topic in topics}
    counts: Counter[int] = Counter()
    live = Memory.objects.studied(enrolment).order_by().values_list("card__topic")
    for topic_id, count in live.annotate(count=Count("ordinal")):
        counts[domain_of[topic_id]] += count
    return weight_of_prompts(counts, shares_of(topics))


def columns(
    memories: Sequence[Memory], topics: Sequence[int], weight: Sequence[float], plan: DailyPlan
) -> Prompts:
    """These memories alone as the planner's columns."""
    elapsed = [
        max((plan.day - memory.last_day).days, 0) if memory.last_day else 0 for memory in memories
    ]
    places = {card: place for place, card in enumerate({memory.card_id for memory in memories})}
    return Prompts.of(
        weight=weight,
        stability=np.array([memory.stability for memory in memories], dtype=float),
        difficulty=np.array([memory.difficulty for memory in memories], dtype=float),
        elapsed=elapsed,
        card=[places[memory.card_id] for memory in memories],
        topic=topics,
    )


def intervals(
    prompts: Prompts, memories: Sequence[Memory], enrolment: Enrolment, plan: DailyPlan
) -> list[dict[int, str]]:
    """For each prompt, after how long each rating would bring it back, in a word or two."""
    if not memories:
        return []
    rows = np.arange(len(memories))
    learner = learner_of(enrolment)
    if plan.mode == Mode.EXAM:
        exam = ExamAhead(prompts, max(len(plan.prices), 1), learner)
        days = exam_day.next_days_by_rating(exam, Market.restored(plan.prices, 0), rows)
        return [labels(row, never=NEVER_AGAIN) for row in days]
    deck = retention_mode.Deck(
        prompts=prompts,
        answered=np.zeros(len(rows)),
        failed=np.zeros(len(rows), dtype=bool),
        reps=np.array([memory.reps for memory in memories], dtype=np.int64),
        seed=np.array([prompt_seed(memory.card_id, memory.ordinal) for memory in memories]),
        learner=learner,
        desired_retention=enrolment.desired_retention,
        seconds=np.array(time_of(enrolment.user).seconds(plan.day, 7), dtype=float),
    )
    days = retention_mode.next_days_by_rating(deck, schedule_of(memories, plan), rows)
    return [labels(row, never=TODAY) for row in days]


def schedule_of(memories: Iterable[Memory], plan: DailyPlan) -> retention_mode.Schedule:
    """The days ahead as the plan found them, without placing all other prompts again."""
    load = plan.load or [0] * (BALANCED_DAYS + 1)
    due = [
        (memory.due_day - plan.day).days if memory.due_day else retention_mode.NEVER
        for memory in memories
    ]
    return retention_mode.Schedule(np.array(due, dtype=np.int64), np.array(load, dtype=np.int64))


def labels(days: IntArray, *, never: str) -> dict[int, str]:
    """A label for each rating; `never` is what 0 days mean."""
    named = {
        int(rating): in_words(int(count)) if count else never
        for rating, count in zip(Rating, days, strict=True)
    }
    return named | {int(Rating.AGAIN): TODAY}


def in_words(days: int) -> str:
    """A number of days as a button shows it: 12 d, 3.4 mo, 1.2 y."""
    if days < DAYS_PER_MONTH:
        return f"{days} d"
    if days < DAYS_PER_YEAR:
        return f"{days / DAYS_PER_MONTH:.1f} mo"
    return f"{days / DAYS_PER_YEAR:.1f} y"
