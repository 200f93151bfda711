"""One learner's day: all they prepare for, the time they have, and what the planner makes of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
from django.db.models import Count, Q, Sum

from apps.study.memory.fuzz import prompt_seed
from apps.study.models import DailyPlan, Enrolment, EventKind, Mode, ReviewEvent
from apps.study.planner import retention_mode
from apps.study.planner.market import Market, clear
from apps.study.planner.prompts import Exam, Learner, Pace, Prompts
from apps.study.services.availability import Time, times_of
from apps.study.services.preparations import NEVER, FloatArray, Preparation, prepare

PACE = Pace()
# What one answer takes most people, in seconds; a forgotten prompt's whole day is `PACE.failed`.
PASSING, FAILING = PACE.passed, PACE.failed - PACE.passed
PACE_WINDOW = timedelta(days=30)
# So many answers of an average learner are mixed in, until the learner's own outweigh them.
PACE_PRIOR = 50
SLOWEST, FASTEST = 2.5, 0.4
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Studies:
    """What one learner prepares for on one study day, and their time.

    `pace` is how long they take for an answer, 1 being what most take. The planner counts in
    the seconds of most people: the learner's own are divided by `pace` on the way in and
    multiplied on the way out, so that all learners share one value table.
    """

    day: date
    time: Time
    pace: float
    preparations: Sequence[Preparation]
    known: Market | None = None
    """The newest market there was, moved on to this day."""

    @cached_property
    def towards_exams(self) -> list[Preparation]:
        return [each for each in self.preparations if each.mode == Mode.EXAM]

    @cached_property
    def kept(self) -> list[Preparation]:
        return [each for each in self.preparations if each.mode == Mode.RETENTION]

    @property
    def seconds_left(self) -> float:
        """What today's minutes leave after what was answered today."""
        spent = sum(spent_today(each) for each in self.preparations)
        return max(self.time.minutes(self.day) * 60 / self.pace - spent, 0)

    @cached_property
    def exams(self) -> list[Exam]:
        return [exam_of(each) for each in self.towards_exams]

    @cached_property
    def decks(self) -> list[retention_mode.Deck]:
        week = np.array(self.time.seconds(self.day, DAYS_OF_A_WEEK)) / self.pace
        return [deck_of(each, week) for each in self.kept]

    @cached_property
    def schedules(self) -> list[retention_mode.Schedule]:
        return [retention_mode.schedule(deck) for deck in self.decks]

    @cached_property
    def reviews(self) -> list[retention_mode.Day]:
        """Today's share of what is only kept.

        Every preparation has the same claim to the day; what one does not need, the others get.
        """
        left = self.seconds_left
        places = len(self.kept) + len(self.towards_exams)
        days = [self.review(place, left) for place in range(len(self.kept))]
        for place in sorted(range(len(days)), key=lambda n: days[n].seconds):
            share = left / places
            if days[place].seconds > share:
                days[place] = self.review(place, share)
            left = max(left - days[place].seconds, 0)
            places -= 1
        return days

    def review(self, place: int, seconds: float) -> retention_mode.Day:
        """What one of the kept preparations asks in so many seconds of today."""
        each = self.kept[place]
        met = int(each.met_today.sum()) if each.begins_new else NEVER
        return retention_mode.plan_day(
            self.decks[place], self.schedules[place], seconds, introduced=met
        )

    @cached_property
    def seconds(self) -> FloatArray:
        """What the exams have of each day from today on, after what is only kept.

        What is kept is taken to need the same part of every day as of today.
        """
        days = max((exam.days for exam in self.exams), default=0)
        calendar = np.array(self.time.seconds(self.day, days), dtype=float) / self.pace
        if days == 0:
            return calendar
        left = self.seconds_left
        taken = min(sum(day.seconds for day in self.reviews), left)
        calendar[0] = left
        return np.asarray(calendar * (1 - taken / left if left > 0 else 1.0))

    @cached_property
    def market(self) -> Market:
        return clear(self.exams, self.seconds, self.known)

    def with_goal(self, enrolment: Enrolment, time: Time, exam_date: date | None) -> "Studies":
        """The same learner with other time, and another date for one of their exams.

        Nothing is stored; the market of the new goal is found from the beginning.
        """
        changed = [
            replace(each, exam_date=exam_date) if each.enrolment.pk == enrolment.pk else each
            for each in self.preparations
        ]
        return Studies(self.day, time, self.pace, changed)


def spent_today(preparation: Preparation) -> float:
    """The seconds that today's answers took, in the pace of most people."""
    known = preparation.answered & ~preparation.met_today
    return float(
        PACE.new * preparation.met_today.sum()
        + PACE.passed * known.sum()
        + PACE.failed * (preparation.failed & ~preparation.met_today).sum()
    )


def learner_of(enrolment: Enrolment) -> Learner:
    recall = enrolment.recall
    return Learner(enrolment.parameters, recall.scale, recall.spread, PACE)


def prompts_of(preparation: Preparation) -> Prompts:
    return Prompts(
        weight=preparation.weight,
        stability=preparation.stability,
        difficulty=preparation.difficulty,
        elapsed=preparation.elapsed,
        position=preparation.rank,
        card=preparation.rank,
        topic=preparation.topic,
    )


def exam_of(preparation: Preparation) -> Exam:
    return Exam(
        prompts=prompts_of(preparation),
        days=preparation.days_to_exam,
        learner=learner_of(preparation.enrolment),
    )


def deck_of(preparation: Preparation, week: FloatArray) -> retention_mode.Deck:
    """The prompts of a preparation without an exam ahead; `week` are its next days' seconds."""
    seeds = [prompt_seed(card, ordinal) for card, ordinal in preparation.keys]
    return retention_mode.Deck(
        prompts=prompts_of(preparation),
        answered=preparation.moment,
        failed=preparation.forgotten,
        reps=preparation.reps,
        seed=np.array(seeds, dtype=np.int64),
        learner=learner_of(preparation.enrolment),
        desired_retention=preparation.enrolment.desired_retention,
        seconds=week,
    )


def studies_of(enrolments: Sequence[Enrolment], now: datetime) -> dict[int, Studies]:
    """The studies of these learners, by user; `enrolments` are all they have, with their users."""
    of_user: dict[int, list[Preparation]] = defaultdict(list)
    for preparation in prepare(enrolments, now):
        of_user[preparation.enrolment.user_id].append(preparation)
    times = times_of(list(of_user))
    paces = paces_of(enrolments, now)
    days = {user: theirs[0].day for user, theirs in of_user.items()}
    markets = markets_of(enrolments, days)
    return {
        user: Studies(days[user], times[user], paces[user], theirs, markets.get(user))
        for user, theirs in of_user.items()
    }


def paces_of(enrolments: Sequence[Enrolment], now: datetime) -> dict[int, float]:
    """How long each learner takes for an answer, by user, 1 being what most people take."""
    totals = dict.fromkeys((each.user_id for each in enrolments), (0, 0, 0))
    rows = (
        ReviewEvent.objects.filter(
            enrolment__in=[each.pk for each in enrolments],
            kind=EventKind.ANSWER,
            reviewed_at__gt=now - PACE_WINDOW,
            duration_ms__gt=0,
        )
        .order_by()
        .values_list("enrolment__user")
        .annotate(
            answers=Count("pk"), failed=Count("pk", filter=Q(rating=1)), taken=Sum("duration_ms")
        )
    )
    totals |= {user: (answers, failed, taken) for user, answers, failed, taken in rows}
    return {user: pace_of(*total) for user, total in totals.items()}


def pace_of(answers: int, failed: int, milliseconds: int) -> float:
    """The seconds these answers took, in parts of what they would have taken most people."""
    usual = PASSING * (answers - failed + PACE_PRIOR) + FAILING * failed
    taken = milliseconds / 1000 + PASSING * PACE_PRIOR
    return min(max(taken / usual, FASTEST), SLOWEST)


def markets_of(enrolments: Sequence[Enrolment], days: Mapping[int, date]) -> dict[int, Market]:
    """The newest market of each learner, by user, moved on to their day; none older than a day.

    Of a learner's exams the last one's plan knows the prices of the most days.
    """
    if not days:
        return {}
    recent = DailyPlan.objects.filter(
        enrolment__in=[each.pk for each in enrolments],
        mode=Mode.EXAM,
        day__gte=min(days.values()) - timedelta(days=1),
    ).values_list("enrolment__user", "day", "prices")
    newest: dict[int, tuple[date, list[float]]] = {}
    for user, day, prices in recent:
        known = newest.get(user)
        if (
            prices
            and day <= days[user]
            and (known is None or (day, len(prices)) > (known[0], len(known[1])))
        ):
            newest[user] = (day, prices)
    return {
        user: Market.restored(prices, (days[user] - day).days)
        for user, (day, prices) in newest.items()
    }
