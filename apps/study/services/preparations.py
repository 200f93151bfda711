"""What the planner needs to know of learners: in columns, by one query of each kind for all."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Case, Q, TextField, Value, When
from numpy.typing import NDArray

from apps.bank.models import Card, CardKind
from apps.bank.prompts import gap_numbers
from apps.courses.models import Topic
from apps.study.models import AfterExam, Enrolment, Memory, Mode
from apps.study.services.enrolments import add_new_prompts

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NEVER = np.iinfo(np.int32).max
"""The day a prompt is due that was never answered."""
HORIZON = 366
"""The study days a plan looks ahead."""
ROWS = 10_000
"""Memories fetched from the database at a time."""
EPSILON = 1e-9
# The text of cards with gaps, whose ordinals are the numbers of these.
GAPPED = Case(When(kind=CardKind.CLOZE, then="front"), default=Value(""), output_field=TextField())


class Place(NamedTuple):
    """Where a card stands: its rank in the course, its topic, the topmost topic above that.

    `ordinals` are the ways in which it is asked now; a memory of another one is of an older text.
    """

    rank: int
    topic: int
    domain: int
    owner: int | None
    ordinals: Collection[int]


@dataclass(frozen=True)
class Bank:
    """The cards of one exam that learners may be asked: where each stands, and for how much."""

    cards: Mapping[UUID, "Place"]
    shares: Mapping[int, float]
    """The share of the exam of each domain that has one, in sum at most 1."""
    counts: Mapping[int | None, int]
    """By owner (None: the course's own): number of prompts."""

    def prompts_for(self, user: int) -> int:
        return self.counts.get(None, 0) + self.counts.get(user, 0)


@dataclass(frozen=True)
class Preparation:
    """One enrolment on one study day, its live prompts as columns of one length.

    `elapsed` and `due` count days from that day (`due` is `NEVER` for what was never answered);
    `weight` is each prompt's share of the exam; `forgotten` marks prompts whose last answer
    failed, `seen_today` those answered today, `met_today` those met today for the first time;
    `moment` is the last answer in seconds since 1970, nan where there was none. `exam_date` is
    the enrolment's, unless another is tried out.
    """

    enrolment: Enrolment
    day: date
    exam_date: date | None
    keys: Sequence[tuple[UUID, int]]
    weight: FloatArray
    stability: FloatArray
    difficulty: FloatArray
    elapsed: IntArray
    due: IntArray
    rank: IntArray
    topic: IntArray
    reps: IntArray
    lapses: IntArray
    forgotten: BoolArray
    seen_today: BoolArray
    met_today: BoolArray
    moment: FloatArray

    @property
    def mode(self) -> Mode:
        """Towards the exam until its day; after it, or without one, keeping what was learnt."""
        if self.exam_date is None:
            return Mode.RETENTION
        if self.exam_date >= self.day:
            return Mode.EXAM
        stopped = self.enrolment.after_exam == AfterExam.STOP
        return Mode.STOPPED if stopped else Mode.RETENTION

    @property
    def begins_new(self) -> bool:
        """Whether new prompts are met: after the exam only if the learner chose to go on."""
        is_over = self.exam_date is not None and self.exam_date < self.day
        return not is_over or self.enrolment.after_exam == AfterExam.KEEP

    @property
    def days_to_exam(self) -> int:
        """Study days until the exam, for which the planner looks ahead, at most `HORIZON`.

        The exam's own day still counts as one, for its last hours. An exam further away than
        a year is planned like one in a year: today would hardly differ.
        """
        days = (self.exam_date - self.day).days if self.exam_date else 0
        return min(max(days, 1), HORIZON)

    @property
    def answered(self) -> BoolArray:
        """Answered today and done with."""
        return self.seen_today & ~self.forgotten

    @property
    def failed(self) -> BoolArray:
        """Forgotten today, and asked once more before the day ends."""
        return self.seen_today & self.forgotten

    @property
    def overdue(self) -> BoolArray:
        """Prompts that were due before today and wait."""
        waiting: BoolArray = (self.due < 0) & ~self.answered
        return waiting


def prepare(enrolments: Sequence[Enrolment], now: datetime) -> list[Preparation]:
    """The state of these enrolments (with their users), each on its learner's present day.

    Prompts that came into the bank since the last look are taken in first.
    """
    banks = banks_of({enrolment.exam_id for enrolment in enrolments}, enrolments)
    rows = memories_of(enrolments)
    late = [
        enrolment
        for enrolment in enrolments
        if not holds_all(rows[enrolment.pk], banks[enrolment.exam_id], enrolment.user_id)
        and add_new_prompts(enrolment=enrolment)
    ]
    if late:
        rows |= memories_of(late)
    return [
        columns(each, each.calendar.day(now), rows[each.pk], banks[each.exam_id])
        for each in enrolments
    ]


class MemoryRow(NamedTuple):
    """The columns of a memory that plans are made from."""

    enrolment_id: int
    card_id: UUID
    ordinal: int
    stability: float | None
    difficulty: float | None
    reps: int
    lapses: int
    first_day: date | None
    last_day: date | None
    due_day: date | None
    last_reviewed_at: datetime | None
    is_suspended: bool


def memories_of(enrolments: Sequence[Enrolment]) -> dict[int, list[MemoryRow]]:
    """The memories of these enrolments as plain rows, in one query."""
    rows: dict[int, list[MemoryRow]] = {enrolment.pk: [] for enrolment in enrolments}
    found = Memory.objects.filter(enrolment__in=list(rows)).values_list(*MemoryRow._fields)
    for row in map(MemoryRow._make, found.iterator(chunk_size=ROWS)):
        rows[row.enrolment_id].append(row)
    return rows


def holds_all(rows: Iterable[MemoryRow], bank: Bank, user: int) -> bool:
    """Whether there is a memory for each prompt the learner may be asked."""
    held = sum(
        (place := bank.cards.get(row.card_id)) is not None and row.ordinal in place.ordinals
        for row in rows
    )
    return held >= bank.prompts_for(user)


def banks_of(exams: Iterable[int], enrolments: Sequence[Enrolment]) -> dict[int, Bank]:
    """The published cards of these exams, also the enrolled learners' own, and the shares."""
    exams = set(exams)
    theirs = Q(owner=None) | Q(owner__in={enrolment.user_id for enrolment in enrolments})
    topics: dict[int, list[Topic]] = defaultdict(list)
    for topic in Topic.objects.filter(exam__in=exams).only(
        "exam_id", "parent_id", "path", "weight", "position"
    ):
        topics[topic.exam_id].append(topic)
    cards: dict[int, dict[UUID, Place]] = defaultdict(dict)
    counts: dict[int, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    domains = {
        topic.pk: int(topic.path.split("/")[1]) for each in topics.values() for topic in each
    }
    published = (
        Card.objects.filter(theirs, exam__in=exams, status="published")
        .order_by("position", "pk")
        .values_list("exam_id", "pk", "topic_id", "owner_id", "prompt_count", GAPPED)
    )
    for exam, card, topic_id, owner, prompts, text in published:
        of_exam = cards[exam]
        ordinals = [number - 1 for number in gap_numbers(text)] if text else range(prompts)
        of_exam[card] = Place(len(of_exam), topic_id, domains[topic_id], owner, ordinals)
        counts[exam][owner] += prompts
    return {exam: Bank(cards[exam], shares_of(topics[exam]), counts[exam]) for exam in exams}


def shares_of(topics: Iterable[Topic]) -> dict[int, float]:
    """The share of the exam of every domain that carries one; together at most the whole."""
    weights = {t.pk: t.weight for t in topics if t.parent_id is None and t.weight}
    whole = max(sum(weights.values()), 100)
    return {domain: weight / whole for domain, weight in weights.items()}


def weight_of_prompts(counts: Mapping[int, int], shares: Mapping[int, float]) -> dict[int, float]:
    """The share of the exam of one prompt, by domain; `counts` are the live prompts of each.

    A domain divides its share among its prompts. The prompts of domains without a share divide
    what the others leave of the exam; where nothing is left, each weighs as much as the average
    of the others, and all are brought back to the whole.
    """
    each = {domain: shares[domain] / counts[domain] for domain in counts if domain in shares}
    plain = [domain for domain in counts if domain not in shares]
    unweighted = sum(counts[domain] for domain in plain)
    if not unweighted:
        return each
    rest = 1 - sum(shares.values())
    if rest > EPSILON:
        return each | dict.fromkeys(plain, rest / unweighted)
    if not each:
        return dict.fromkeys(plain, 1 / unweighted)
    weighted = sum(counts[domain] for domain in each)
    taken = sum(shares[domain] for domain in each)
    whole = (weighted + unweighted) / weighted
    kept = {domain: weight / whole for domain, weight in each.items()}
    return kept | dict.fromkeys(plain, taken / weighted / whole)


def columns(enrolment: Enrolment, day: date, rows: Sequence[MemoryRow], bank: Bank) -> Preparation:
    """One enrolment's rows as columns, without what is not asked: drafts, what is suspended."""
    live = [
        (row, place)
        for row in rows
        if (place := bank.cards.get(row.card_id)) is not None
        and place.owner in {None, enrolment.user_id}
        and row.ordinal in place.ordinals
        and not row.is_suspended
    ]
    memories, places = [row for row, _ in live], [place for _, place in live]
    weights = weight_of_prompts(Counter(place.domain for place in places), bank.shares)
    today = day.toordinal()
    last = ordinals(row.last_day for row in memories)
    due = ordinals(row.due_day for row in memories)
    return Preparation(
        enrolment=enrolment,
        day=day,
        exam_date=enrolment.exam_date,
        keys=[(row.card_id, row.ordinal) for row in memories],
        weight=np.array([weights[place.domain] for place in places], dtype=float),
        stability=np.array([row.stability for row in memories], dtype=float),
        difficulty=np.array([row.difficulty for row in memories], dtype=float),
        elapsed=np.where(last > 0, np.maximum(today - last, 0), 0),
        due=np.where(due > 0, due - today, NEVER),
        rank=np.array([place.rank for place in places], dtype=np.int64),
        topic=np.array([place.topic for place in places], dtype=np.int64),
        reps=np.array([row.reps for row in memories], dtype=np.int64),
        lapses=np.array([row.lapses for row in memories], dtype=np.int64),
        forgotten=(last > 0) & (due <= last),
        seen_today=last >= today,
        met_today=ordinals(row.first_day for row in memories) >= today,
        moment=moments(row.last_reviewed_at for row in memories),
    )


def ordinals(days: Iterable[date | None]) -> IntArray:
    """Days as numbers, 0 for none."""
    return np.array([day.toordinal() if day else 0 for day in days], dtype=np.int64)


def moments(times: Iterable[datetime | None]) -> FloatArray:
    """Moments in seconds since 1970; nan for none."""
    return np.array([time.timestamp() if time else np.nan for time in times], dtype=float)
