"""What a learner is asked today, in which order, with all the study page needs to show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from apps.bank.models import Card
from apps.bank.prompts import Prompt, prompts_of
from apps.courses.models import Topic
from apps.courses.trees import TopicTree
from apps.study.memory import fsrs
from apps.study.models import DailyPlan, Enrolment, Memory
from apps.study.services.plans import SECONDS_PER_NEW, SECONDS_PER_REVIEW, plan_day

# How many unseen prompts a visit to one note brings.
NEW_OF_A_NOTE = 20
DAYS_PER_MONTH, DAYS_PER_YEAR = 30.44, 365.25


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

    `intervals` says, for each rating 1 to 4, after how long it would be asked again.
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


@dataclass(frozen=True)
class Queue:
    """What is left of today. `seconds` estimates the time it takes."""

    enrolment: Enrolment
    day: date
    reviews_left: int
    new_left: int
    seconds: int
    prompts: tuple[QueuedPrompt, ...]


@dataclass(frozen=True)
class Today:
    """The day in numbers, for pages that do not show the prompts."""

    plan: DailyPlan
    reviews: list[Memory]
    new: list[Memory]
    done: int
    overdue: int

    @property
    def seconds(self) -> int:
        return len(self.reviews) * SECONDS_PER_REVIEW + len(self.new) * SECONDS_PER_NEW


def today(*, enrolment: Enrolment, now: datetime) -> Today:
    """What the plan leaves to do, from the state of the learner's memories.

    A stored plan only says how much; which prompts follows from the memories and the clock, so
    nothing here waits for a worker.
    """
    plan = plan_day(enrolment=enrolment, now=now)
    day = plan.day
    seen = Memory.objects.filter(enrolment=enrolment, last_day=day).exclude(due_day=day)
    reviewed = seen.filter(first_day__lt=day).count()
    introduced = Memory.objects.filter(enrolment=enrolment, first_day=day).count()
    due = list(Memory.objects.due(enrolment, day))
    again = [memory for memory in due if memory.last_day == day]
    waiting = by_recall((memory for memory in due if memory.last_day != day), enrolment, day)
    room = max(plan.review_limit - reviewed, 0)
    return Today(
        plan=plan,
        reviews=waiting[:room] + again,
        new=new_prompts(enrolment, day, max(plan.new_limit - introduced, 0)),
        done=seen.count(),
        overdue=max(len(waiting) - room, 0),
    )


def by_recall(memories: Iterable[Memory], enrolment: Enrolment, day: date) -> list[Memory]:
    """The memories most at risk first."""

    def recall(memory: Memory) -> float:
        if memory.stability is None or memory.last_day is None:
            return 0.0
        elapsed = (day - memory.last_day).days
        return fsrs.retrievability(memory.stability, elapsed, enrolment.parameters)

    return sorted(memories, key=lambda m: (recall(m), m.card_id, m.ordinal))


def new_prompts(
    enrolment: Enrolment, day: date, limit: int, *, note_id: int | None = None
) -> list[Memory]:
    """Unseen prompts in the course's order, one of each card a day.

    Meeting both directions of a card on one day would make the second one a copy.
    """
    if limit == 0:
        return []
    met = Memory.objects.filter(Q(last_day=day) | Q(due_day__lte=day), enrolment=enrolment)
    met_cards = set(met.values_list("card_id", flat=True))
    unseen = Memory.objects.unseen(enrolment).order_by("card__position", "card_id", "ordinal")
    if note_id is not None:
        unseen = unseen.filter(card__note=note_id)
    chosen: dict[UUID, Memory] = {}
    for memory in unseen.iterator(chunk_size=200):
        if len(chosen) == limit:
            break
        if memory.card_id not in met_cards:
            chosen.setdefault(memory.card_id, memory)
    return list(chosen.values())


def interleave(reviews: Sequence[Memory], new: Sequence[Memory]) -> list[Memory]:
    """Spread the new prompts evenly between the reviews."""
    marked = [((i + 0.5) / len(reviews), 0, m) for i, m in enumerate(reviews)]
    marked += [((i + 0.5) / len(new), 1, m) for i, m in enumerate(new)]
    return [memory for _, _, memory in sorted(marked, key=lambda each: each[:2])]


def of_note(
    *, enrolment: Enrolment, note_id: int, now: datetime, new: int = NEW_OF_A_NOTE
) -> Today:
    """What a note has to study now, beside the day's plan: due prompts and `new` unseen ones."""
    plan = plan_day(enrolment=enrolment, now=now)
    due = Memory.objects.due(enrolment, plan.day).filter(card__note=note_id)
    unseen = new_prompts(enrolment, plan.day, NEW_OF_A_NOTE, note_id=note_id)
    reviews = by_recall(due, enrolment, plan.day)
    return Today(plan=plan, reviews=reviews, new=unseen, done=0, overdue=0)


def todays_queue(
    *, enrolment: Enrolment, now: datetime, limit: int = 100, note_id: int | None = None
) -> Queue:
    """Today's prompts, or those of one note; at most `limit` of them, ready to be shown."""
    if note_id is None:
        state = today(enrolment=enrolment, now=now)
    else:
        state = of_note(enrolment=enrolment, note_id=note_id, now=now)
    memories = interleave(state.reviews, state.new)[:limit]
    return Queue(
        enrolment=enrolment,
        day=state.plan.day,
        reviews_left=len(state.reviews),
        new_left=len(state.new),
        seconds=state.seconds,
        prompts=tuple(dress(memories, enrolment, state.plan.day)),
    )


def dress(memories: Sequence[Memory], enrolment: Enrolment, day: date) -> Iterable[QueuedPrompt]:
    """The prompts of these memories with words, path, sources and intervals."""
    tree = TopicTree(Topic.objects.filter(exam=enrolment.exam))
    wanted = Card.objects.filter(pk__in={memory.card_id for memory in memories})
    cards = {card.pk: card for card in wanted.with_sources()}
    for memory in memories:
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
            sources=tuple(
                Source(
                    note_id=p.version.note_id,
                    note=p.version.note.name,
                    page=p.page,
                    first_line=p.first_line,
                    last_line=p.last_line,
                    text=p.quote,
                )
                for p in card.passages.all()
            ),
            intervals=intervals(memory, enrolment, day),
            is_new=memory.stability is None,
        )


def intervals(memory: Memory, enrolment: Enrolment, day: date) -> dict[int, str]:
    """After how long each rating would bring the prompt back, in a word or two."""
    known = None
    elapsed = 0
    if memory.stability is not None and memory.difficulty is not None and memory.last_day:
        known = fsrs.Memory(memory.stability, memory.difficulty)
        elapsed = max((day - memory.last_day).days, 0)
    labels = {int(fsrs.Rating.AGAIN): "today"}
    for rating in (fsrs.Rating.HARD, fsrs.Rating.GOOD, fsrs.Rating.EASY):
        after = fsrs.next_memory(known, rating, elapsed, enrolment.parameters)
        days = fsrs.interval_days(
            after.stability, enrolment.desired_retention, enrolment.parameters
        )
        labels[int(rating)] = in_words(days)
    return labels


def in_words(days: int) -> str:
    """A number of days as a button shows it: 12 d, 3.4 mo, 1.2 y."""
    if days < DAYS_PER_MONTH:
        return f"{days} d"
    if days < DAYS_PER_YEAR:
        return f"{days / DAYS_PER_MONTH:.1f} mo"
    return f"{days / DAYS_PER_YEAR:.1f} y"
