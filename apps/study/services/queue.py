"""What is left of a learner's day, in the order in which it is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from apps.study.memory import fsrs
from apps.study.models import DailyPlan, Enrolment, Memory, Mode
from apps.study.planner.prompts import Pace
from apps.study.services.asking import QueuedPrompt, dress
from apps.study.services.plans import plan_day, prompt_key

# How many unseen prompts a visit to one note brings.
NEW_OF_A_NOTE = 20
PACE = Pace()


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
    """The day in numbers, for pages that do not show the prompts.

    `waiting` are the prompts still to be asked, in order; those forgotten today come last.
    `overdue` counts those that were due before today and are left for the days to come.
    """

    plan: DailyPlan
    waiting: list[Memory]
    done: int
    seconds: int
    overdue: int

    @property
    def reviews(self) -> list[Memory]:
        return [memory for memory in self.waiting if memory.stability is not None]

    @property
    def new(self) -> list[Memory]:
        return [memory for memory in self.waiting if memory.stability is None]


def today(*, enrolment: Enrolment, now: datetime) -> Today:
    """What the plan leaves to do: its prompts in order, without those answered since.

    Which those are follows from the memories and the clock, so nothing here waits for a worker.
    """
    plan = plan_day(enrolment=enrolment, now=now)
    day = plan.day
    cards = {UUID(key.partition(".")[0]) for key in plan.prompts}
    asked = Memory.objects.studied(enrolment).not_buried(day)
    here = asked.filter(Q(card__in=cards) | Q(last_day__gte=day))
    known = {prompt_key(memory.card_id, memory.ordinal): memory for memory in here}
    planned = [known[key] for key in plan.prompts if key in known]
    waiting = [memory for memory in planned if not seen(memory, day)]
    again = [memory for memory in known.values() if seen(memory, day) and forgotten(memory)]
    again.sort(key=lambda m: (m.last_reviewed_at, m.card_id, m.ordinal))
    return Today(
        plan=plan,
        waiting=waiting + again,
        done=sum(seen(memory, day) and not forgotten(memory) for memory in known.values()),
        seconds=seconds_left(plan, planned, waiting) + round(PACE.passed) * len(again),
        overdue=plan.deferred,
    )


def seen(memory: Memory, day: date) -> bool:
    """Whether the prompt was answered today; a learner who flew west may have done so tomorrow."""
    return memory.last_day is not None and memory.last_day >= day


def forgotten(memory: Memory) -> bool:
    """Whether the last answer failed, so that the prompt is asked again the same day."""
    return memory.due_day is not None and memory.due_day == memory.last_day


def seconds_left(plan: DailyPlan, planned: Sequence[Memory], waiting: Sequence[Memory]) -> int:
    """What the waiting prompts take of the plan's time; new ones take longer than others."""

    def share(memories: Iterable[Memory]) -> float:
        return sum(
            PACE.new if memory.first_day in {None, plan.day} else PACE.passed for memory in memories
        )

    whole = share(planned)
    return round(plan.seconds * share(waiting) / whole) if whole else 0


def of_note(
    *, enrolment: Enrolment, note_id: int, now: datetime, new: int = NEW_OF_A_NOTE
) -> Today:
    """What a note has to study now, beside the day's plan: due prompts and `new` unseen ones."""
    plan = plan_day(enrolment=enrolment, now=now)
    due = Memory.objects.due(enrolment, plan.day).not_buried(plan.day).filter(card__note=note_id)
    reviews = by_recall(due, enrolment, plan.day)
    unseen = new_of_note(enrolment, plan.day, note_id, new)
    return Today(
        plan=plan,
        waiting=interleave(reviews, unseen),
        done=0,
        seconds=round(PACE.passed * len(reviews) + PACE.new * len(unseen)),
        overdue=0,
    )


def by_recall(memories: Iterable[Memory], enrolment: Enrolment, day: date) -> list[Memory]:
    """The memories most at risk first."""
    scale = enrolment.recall.scale

    def recall(memory: Memory) -> float:
        if memory.stability is None or memory.last_day is None:
            return 0.0
        elapsed = max((day - memory.last_day).days, 0)
        return fsrs.retrievability(scale * memory.stability, elapsed, enrolment.parameters)

    return sorted(memories, key=lambda m: (recall(m), m.card_id, m.ordinal))


def new_of_note(enrolment: Enrolment, day: date, note_id: int, limit: int) -> list[Memory]:
    """Unseen prompts of a note in its order, one of each card a day.

    Meeting both directions of a card on one day would make the second one a copy.
    """
    met = Memory.objects.filter(
        Q(last_day__gte=day) | Q(due_day__lte=day), enrolment=enrolment, card__note=note_id
    )
    met_cards = set(met.values_list("card_id", flat=True))
    unseen = Memory.objects.unseen(enrolment).not_buried(day).filter(card__note=note_id)
    chosen: dict[UUID, Memory] = {}
    for memory in unseen.order_by("card__position", "card_id", "ordinal").iterator(chunk_size=200):
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


def has_more(*, enrolment: Enrolment, now: datetime) -> bool:
    """Whether there is a prompt beyond today's plan that could be put into it."""
    plan = plan_day(enrolment=enrolment, now=now)
    if plan.mode == Mode.STOPPED:
        return False
    memories = Memory.objects.studied(enrolment).not_buried(plan.day)
    met = memories.filter(last_day__gte=plan.day).values("card_id")
    left = memories.exclude(last_day__gte=plan.day).exclude(due_day=None, card_id__in=met)
    if plan.mode == Mode.RETENTION:
        left = left.filter(Q(due_day=None) | Q(due_day__lte=plan.day))
    return left.exists()


def todays_queue(
    *, enrolment: Enrolment, now: datetime, limit: int = 100, note_id: int | None = None
) -> Queue:
    """Today's prompts, or those of one note; at most `limit` of them, ready to be shown."""
    if note_id is None:
        state = today(enrolment=enrolment, now=now)
    else:
        state = of_note(enrolment=enrolment, note_id=note_id, now=now)
    return Queue(
        enrolment=enrolment,
        day=state.plan.day,
        reviews_left=len(state.reviews),
        new_left=len(state.new),
        seconds=state.seconds,
        prompts=tuple(dress(state.waiting[:limit], enrolment, state.plan)),
    )
