"""The days of a learner without an exam date: each prompt comes back as recall nears a wish.

When recall is expected to have fallen to the desired retention, a prompt is due; within the
bounds of the fuzz its day is then drawn so that days carry what the learner has time for, and
siblings stay apart. Everything is a function of the memories and the day: prompts are placed in
the order of their last answers, each after those answered before it, so that the day a button
announces is the day the next reckoning finds. Nothing is stored but the memories.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from math import floor

import numpy as np
from numpy.typing import NDArray

from apps.study.memory import fsrs
from apps.study.memory.fuzz import fraction
from apps.study.planner.placing import BALANCED_DAYS, LEAST_SHARE, WEEK, Placing
from apps.study.planner.prompts import FloatArray, IntArray, Learner, Prompts
from apps.study.planner.transitions import (
    Outcome,
    first_outcomes,
    next_stability,
    outcomes,
    recall,
    same_day_stability,
    seconds_of,
)

BoolArray = NDArray[np.bool_]

NEVER = 10**6
"""The day of a prompt that was never answered: none yet."""
GAIN_AFTER_DAYS = 30
"""What a review gains is judged by the recall so many days later."""
REVIEWS_AFTER_NEW = 2.0
"""Reviews that a prompt asks for in the week after it was met, at a retention near 0.9."""


@dataclass(frozen=True)
class Deck:
    """A learner's prompts of one exam with what their days depend on; columns of equal length.

    `answered` is the moment of the last answer on any rising scale, nan where there was none;
    `failed` says that the last answer was Again; `seed` is `fuzz.prompt_seed` of each prompt.
    `seconds` is the learner's time on each day from today, at least a week; later days repeat its
    last seven, and 0 is a day off. Raises ValueError for columns that differ in length.
    """

    prompts: Prompts
    answered: FloatArray
    failed: BoolArray
    reps: IntArray
    seed: IntArray
    seconds: FloatArray
    learner: Learner = field(default_factory=Learner)
    desired_retention: float = 0.9

    def __post_init__(self) -> None:
        columns = (self.answered, self.failed, self.reps, self.seed)
        if any(len(column) != len(self.prompts) for column in columns):
            raise ValueError("The columns of the deck differ in length.")
        if len(self.seconds) < WEEK:
            raise ValueError("Give the seconds of at least the next seven days.")

    def __len__(self) -> int:
        return len(self.prompts)

    @cached_property
    def known(self) -> IntArray:
        """The rows that were ever answered."""
        return np.flatnonzero(~self.prompts.is_new)

    @cached_property
    def unseen(self) -> IntArray:
        """The rows that were never answered, in the course's order."""
        rows = np.flatnonzero(self.prompts.is_new)
        return rows[np.argsort(self.prompts.position[rows], kind="stable")]

    def seconds_for(self, days: int) -> FloatArray:
        """The learner's time on each of the next days."""
        further = np.resize(self.seconds[-WEEK:], max(days - len(self.seconds), 0))
        return np.concatenate([self.seconds, further])[:days]

    def shares(self, days: int) -> list[float]:
        """What each of the next days counts for beside a usual one, which is 1."""
        seconds = self.seconds_for(days)
        usual = seconds.mean()
        if usual <= 0:
            return [1.0] * days
        listed: list[float] = np.maximum(seconds / usual, LEAST_SHARE).tolist()
        return listed

    def ideal(self, stability: FloatArray) -> FloatArray:
        """Days, not rounded, until recall is down to the desired retention."""
        decay = -self.learner.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        days = stability * self.learner.scale / factor * (self.desired_retention ** (1 / decay) - 1)
        bounded: FloatArray = np.clip(days, 1, fsrs.MAX_INTERVAL)
        return bounded


@dataclass(frozen=True)
class Schedule:
    """When each prompt comes back, and how full the coming days are.

    `due` counts days from today: 0 today, negative where overdue, `NEVER` where unseen. `load`
    counts the prompts of each of the days 0 to 90, overdue and answered ones on today.
    """

    due: IntArray
    load: IntArray


def schedule(deck: Deck) -> Schedule:
    """When every prompt comes back, from the state of the memories alone."""
    prompts = deck.prompts
    due = np.full(len(deck), NEVER, dtype=np.int64)
    placing = Placing(deck.shares(BALANCED_DAYS + 1), [0] * (BALANCED_DAYS + 1))
    # What was answered today was part of its load, or the day would fill up as it is emptied.
    placing.load[0] = int(np.sum((prompts.elapsed == 0) & (deck.reps > 1) & ~deck.failed))
    rows = deck.known[np.lexsort((deck.seed[deck.known], deck.answered[deck.known]))]
    columns = zip(
        rows.tolist(),
        deck.ideal(prompts.stability[rows]).tolist(),
        prompts.elapsed[rows].tolist(),
        prompts.card[rows].tolist(),
        deck.failed[rows].tolist(),
        map(fraction, deck.seed[rows].tolist(), deck.reps[rows].tolist()),
        strict=True,
    )
    days_of_card: dict[int, list[int]] = defaultdict(list)
    for row, ideal, elapsed, card, failed, draw in columns:
        siblings = days_of_card[card]
        day = -elapsed if failed else placing.day_of(ideal, elapsed, draw, siblings)
        due[row] = day
        placing.put(day)
        siblings.append(day)
    return Schedule(due, np.array(placing.load, dtype=np.int64))


def next_days_by_rating(deck: Deck, planned: Schedule, rows: IntArray) -> IntArray:
    """In how many days each of `rows` comes back after Again, Hard, Good and Easy; 0 is today.

    Shape (len(rows), 4). What `schedule` finds once the answer is stored, but for what the
    answer itself changes in the learner's scale.
    """
    placing = Placing(deck.shares(BALANCED_DAYS + 1), planned.load.tolist())
    ideal = deck.ideal(after_ratings(deck, rows))
    days = np.zeros((len(rows), 4), dtype=np.int64)
    days_of_card: dict[int, list[tuple[int, int]]] = defaultdict(list)
    kin = deck.known[np.isin(deck.prompts.card[deck.known], deck.prompts.card[rows])]
    for row in kin.tolist():
        days_of_card[int(deck.prompts.card[row])].append((row, int(planned.due[row])))
    for at, row in enumerate(rows.tolist()):
        draw = fraction(int(deck.seed[row]), int(deck.reps[row]) + 1)
        siblings = [day for other, day in days_of_card[int(deck.prompts.card[row])] if other != row]
        for rating in (fsrs.Rating.HARD, fsrs.Rating.GOOD, fsrs.Rating.EASY):
            best = float(ideal[at, rating - 1])
            days[at, rating - 1] = placing.day_of(best, 0, draw, siblings)
    return days


def after_ratings(deck: Deck, rows: IntArray) -> FloatArray:
    """The stability of `rows` after each rating given today, shape (len(rows), 4)."""
    w = deck.learner.parameters
    stability, difficulty = deck.prompts.stability[rows], deck.prompts.difficulty[rows]
    elapsed = deck.prompts.elapsed[rows]
    chance = recall(elapsed.astype(np.float64), stability, w)
    columns = []
    for rating in fsrs.Rating:
        later = next_stability(stability, difficulty, chance, rating, w)
        same = same_day_stability(stability, rating, w)
        known = np.where(elapsed == 0, same, later)
        columns.append(np.where(np.isnan(stability), w[rating - 1], known))
    return np.stack(columns, axis=-1)


@dataclass(frozen=True)
class Day:
    """Today, in the order of asking. All but the numbers are rows of the deck.

    `order` is `reviews` with `new` mixed in evenly; what was forgotten today comes last.
    `postponed` is due but left for another day: its sibling comes first, or the time is up.
    """

    order: IntArray
    reviews: IntArray
    new: IntArray
    postponed: IntArray
    overdue: int
    seconds: float


def plan_day(
    deck: Deck, planned: Schedule, left: float | None = None, *, introduced: int = 0
) -> Day:
    """What to ask in the `left` seconds of today (all of it, unless given).

    Reviews come first, those that fade fastest before the others. Where they do not all fit,
    the ones that gain the most per second are taken and the rest waits: a backlog is worked off
    over the days, best first. What time remains goes to new prompts in the course's order, at
    the pace at which the coming week can take up their reviews; `introduced` were met today.
    """
    left = float(deck.seconds[0]) if left is None else left
    due = np.flatnonzero(planned.due <= 0)
    again = due[deck.failed[due] & (deck.prompts.elapsed[due] == 0)]
    waiting = np.setdiff1d(due, again)
    waiting = waiting[np.argsort(-gain_per_second(deck, waiting), kind="stable")]
    alone = waiting[first_of_each_card(deck, waiting)]
    chance = chance_of(deck, alone)
    cost = seconds_of(chance, deck.learner)
    room = left - len(again) * deck.learner.pace.passed
    fits = np.concatenate([[0.0], np.cumsum(cost)[:-1]])[: len(alone)] < room
    taken = alone[fits]
    spent = float(cost[fits].sum()) + len(again) * deck.learner.pace.passed
    reviews = np.concatenate([taken[np.argsort(-daily_loss(deck, taken), kind="stable")], again])
    met = deck.prompts.card[reviews].tolist()
    fresh = deck.unseen[first_of_each_card(deck, deck.unseen, met)]
    count = min(
        max(floor((left - spent) / deck.learner.pace.new), 0),
        max(new_pace(deck, planned) - introduced, 0),
    )
    new = fresh[:count]
    return Day(
        order=mixed_in(reviews, new, last=len(again)),
        reviews=reviews,
        new=new,
        postponed=np.setdiff1d(waiting, taken),
        overdue=int(np.sum(planned.due[waiting] < 0)),
        seconds=spent + len(new) * deck.learner.pace.new,
    )


def first_of_each_card(deck: Deck, rows: IntArray, met: Collection[int] = ()) -> list[int]:
    """The places in `rows` of the first prompt of each card; of cards already `met`, none.

    The other direction of a card just answered would not be recalled but repeated. Cards of
    which something was answered today count as met.
    """
    today = (deck.prompts.elapsed == 0) & (deck.reps > 0)
    seen = set(met) | set(deck.prompts.card[today].tolist())
    places = []
    for place, card in enumerate(deck.prompts.card[rows].tolist()):
        if card not in seen:
            seen.add(card)
            places.append(place)
    return places


def mixed_in(reviews: IntArray, new: IntArray, last: int) -> IntArray:
    """The new prompts spread evenly between the reviews; the `last` of these stay at the end."""
    first, end = np.split(reviews, [len(reviews) - last])
    places = np.concatenate([(np.arange(len(x)) + 0.5) / max(len(x), 1) for x in (first, new)])
    spread = np.concatenate([first, new])[np.argsort(places, kind="stable")]
    return np.concatenate([spread, end])


def chance_of(deck: Deck, rows: IntArray, *, later: int = 0) -> FloatArray:
    """The chance of recalling these rows today, or some days later."""
    elapsed = (deck.prompts.elapsed[rows] + later).astype(np.float64)
    stability = deck.prompts.stability[rows] * deck.learner.scale
    return recall(elapsed, stability, deck.learner.parameters)


def daily_loss(deck: Deck, rows: IntArray) -> FloatArray:
    """How much recall each row loses until tomorrow, by its weight."""
    faded: FloatArray = chance_of(deck, rows) - chance_of(deck, rows, later=1)
    return faded * deck.prompts.weight[rows]


def gain_per_second(deck: Deck, rows: IntArray) -> FloatArray:
    """How much more is recalled a month from now for each second of asking a row today."""
    stability, difficulty = deck.prompts.stability[rows], deck.prompts.difficulty[rows]
    elapsed = np.maximum(deck.prompts.elapsed[rows], 1).astype(np.float64)
    then = np.zeros(len(rows))
    for share, after, _ in outcomes(stability, difficulty, elapsed, deck.learner):
        kept = recall(GAIN_AFTER_DAYS, after * deck.learner.scale, deck.learner.parameters)
        then += share * kept
    gained: FloatArray = then - chance_of(deck, rows, later=GAIN_AFTER_DAYS)
    cost = seconds_of(chance_of(deck, rows), deck.learner)
    return gained * deck.prompts.weight[rows] / cost


def new_pace(deck: Deck, planned: Schedule) -> int:
    """New prompts a study day: what the coming week has time for, their own reviews included."""
    coming = deck.seconds_for(WEEK + 1)[1:]
    review = deck.desired_retention * deck.learner.pace.passed
    review += (1 - deck.desired_retention) * deck.learner.pace.failed
    spare = float(coming.sum() - planned.load[1 : WEEK + 1].sum() * review)
    study_days = max(int(np.sum(coming > 0)), 1)
    each = deck.learner.pace.new + REVIEWS_AFTER_NEW * review
    return max(floor(spare / study_days / each), 0)


@dataclass(frozen=True)
class Load:
    """What the coming days hold: prompts asked again, new ones, and the seconds of both."""

    reviews: FloatArray
    new: FloatArray
    seconds: FloatArray


def forecast(deck: Deck, planned: Schedule, days: int = 30) -> Load:
    """The load of each of the next days if every day with time is studied to its end.

    One course of events out of many, always the same: each prompt is recalled or not by its
    chance, comes back after its interval, and new ones join at today's pace.
    """
    calendar = deck.seconds_for(days)
    pace = new_pace(deck, planned)
    course = Course.begun(deck, planned)
    load = Load(np.zeros(days), np.zeros(days), np.zeros(days))
    for day in range(days):
        asked = np.flatnonzero((course.due <= day) & (calendar[day] > 0))
        seconds = course.ask(asked, day)
        spare = max(floor((calendar[day] - seconds) / deck.learner.pace.new), 0)
        met = course.meet(min(spare, pace), day)
        load.reviews[day], load.new[day] = len(asked), met
        load.seconds[day] = seconds + met * deck.learner.pace.new
    return load


@dataclass
class Course:
    """Prompts on their way through the coming days; unseen ones stand at the end, in order."""

    deck: Deck
    stability: FloatArray
    difficulty: FloatArray
    last: IntArray
    due: IntArray
    rng: np.random.Generator

    @classmethod
    def begun(cls, deck: Deck, planned: Schedule) -> "Course":
        rows = np.concatenate([deck.known, deck.unseen])
        return cls(
            deck=deck,
            stability=deck.prompts.stability[rows],
            difficulty=deck.prompts.difficulty[rows],
            last=-deck.prompts.elapsed[rows],
            due=planned.due[rows],
            rng=np.random.default_rng(0),
        )

    def ask(self, rows: IntArray, day: int) -> float:
        """Ask these prompts on a day; returns the seconds it is expected to take."""
        elapsed = np.maximum(day - self.last[rows], 1).astype(np.float64)
        stability, difficulty = self.stability[rows], self.difficulty[rows]
        learner = self.deck.learner
        ways = outcomes(stability, difficulty, elapsed, learner)
        self.settle(rows, day, [(np.broadcast_to(p, len(rows)), s, d) for p, s, d in ways])
        chance = recall(elapsed, stability * learner.scale, learner.parameters)
        return float(seconds_of(chance, learner).sum())

    def meet(self, count: int, day: int) -> int:
        """Meet so many new prompts on a day; returns how many there still were."""
        rows = np.flatnonzero(np.isnan(self.stability))[:count]
        ways = first_outcomes(self.deck.learner)
        size = len(rows)
        spread = [(np.resize(p, size), np.resize(s, size), np.resize(d, size)) for p, s, d in ways]
        self.settle(rows, day, spread)
        return len(rows)

    def settle(self, rows: IntArray, day: int, ways: list[Outcome]) -> None:
        """Let each row go one of these ways, drawn by its chance."""
        bounds = np.cumsum([chance for chance, _, _ in ways], axis=0)
        way = (self.rng.random(len(rows)) * bounds[-1] >= bounds[:-1]).sum(axis=0)
        place = np.arange(len(rows))
        self.stability[rows] = np.stack([stability for _, stability, _ in ways])[way, place]
        self.difficulty[rows] = np.stack([difficulty for _, _, difficulty in ways])[way, place]
        self.last[rows] = day
        ideal = self.deck.ideal(self.stability[rows])
        self.due[rows] = day + np.maximum(np.rint(ideal), 1).astype(np.int64)
