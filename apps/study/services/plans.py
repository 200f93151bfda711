"""What each study day asks: planned when it begins, steady during the day, anew on demand."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
import structlog
from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.study.memory.days import next_day_start
from apps.study.models import LONGEST_DAY, DailyPlan, Enrolment, Mode
from apps.study.planner import day as exam_day
from apps.study.planner import retention_mode
from apps.study.planner.forecast import forecast
from apps.study.services.availability import set_day, time_of
from apps.study.services.days import forget_today, today_of
from apps.study.services.enrolments import add_new_prompts
from apps.study.services.preparations import IntArray, Preparation
from apps.study.services.studies import PACE, Studies, studies_of

logger = structlog.get_logger(__name__)

# Learners planned in one transaction: few enough that their prompts fit in memory together.
CHUNK = 100
# A learner whose day could not be planned is tried again after this time.
PAUSE = timedelta(hours=1)
MOST_MORE = 100
WHOLE_DAY = 24 * 3600.0
PRECISION = 4


def plan_day(*, enrolment: Enrolment, now: datetime) -> DailyPlan:
    """The plan for the learner's present study day, made if there is none yet.

    All their exams are planned together, for they share the learner's minutes. Prompts that
    came into the bank since the plan was made have it made anew.
    """
    if add_new_prompts(enrolment=enrolment):
        forget_today(user=enrolment.user, now=now)
    day = today_of(enrolment.user, now)
    plan = DailyPlan.objects.filter(enrolment=enrolment, day=day).first()
    if plan is None:
        plan_learner(user=enrolment.user, now=now)
        plan = DailyPlan.objects.get(enrolment=enrolment, day=day)
    return plan


@transaction.atomic
def plan_learner(*, user: User, now: datetime) -> None:
    """Plan today for all exams of one learner; plans that are there already stay."""
    studies = learners_studies([user.pk], now)
    DailyPlan.objects.bulk_create(plans_of(studies[user.pk], now), ignore_conflicts=True)


def learners_studies(users: Sequence[int], now: datetime) -> dict[int, Studies]:
    """Everything these learners study, by their primary keys."""
    enrolments = Enrolment.objects.filter(user__in=users).select_related("user", "exam")
    return studies_of(list(enrolments.order_by("pk")), now)


def plans_of(studies: Studies, now: datetime) -> list[DailyPlan]:
    """Today's plans of one learner, one for each exam, not yet stored."""
    stopped = [each for each in studies.preparations if each.mode == Mode.STOPPED]
    return [
        *exam_plans(studies, now),
        *retention_plans(studies, now),
        *(blank(each, now) for each in stopped),
    ]


def exam_plans(studies: Studies, now: datetime) -> list[DailyPlan]:
    if not studies.exams:
        return []
    today = exam_day.plan_day(studies.exams, studies.seconds, studies.market)
    outlooks = forecast(studies.exams, studies.seconds, studies.market)
    plans = []
    for place, (each, outlook) in enumerate(zip(studies.towards_exams, outlooks, strict=True)):
        mine = today.exam == place
        plan = blank(each, now)
        ask(plan, each, today.prompt[mine], today.seconds[mine].sum() * studies.pace)
        plan.score_now, plan.score_exam = outlook.today, outlook.exam
        plan.spread = outlook.spread
        plan.given_up, plan.given_up_weight = len(outlook.given_up), outlook.given_up_weight
        plan.prices = compact(studies.market.stored()[: each.days_to_exam])
        plan.finished = today.finished
        plans.append(plan)
    return plans


def retention_plans(studies: Studies, now: datetime) -> list[DailyPlan]:
    plans = []
    for each, day, schedule in zip(studies.kept, studies.reviews, studies.schedules, strict=True):
        plan = blank(each, now)
        ask(plan, each, day.order, day.seconds * studies.pace)
        plan.overdue, plan.deferred = day.overdue, len(day.postponed)
        plan.load = [int(prompts) for prompts in schedule.load]
        plans.append(plan)
    return plans


def blank(preparation: Preparation, now: datetime) -> DailyPlan:
    """A plan that asks nothing."""
    return DailyPlan(
        enrolment=preparation.enrolment,
        day=preparation.day,
        mode=preparation.mode,
        overdue=int(preparation.overdue.sum()),
        made_at=now,
    )


def ask(plan: DailyPlan, preparation: Preparation, rows: IntArray, seconds: float) -> None:
    """Write into the plan which prompts are asked, in this order."""
    plan.prompts = [prompt_key(*preparation.keys[row]) for row in rows]
    plan.seconds = round(seconds)
    asked = np.isin(np.arange(len(preparation.keys)), rows)
    plan.deferred = int((preparation.overdue & ~asked).sum())


def prompt_key(card: UUID, ordinal: int) -> str:
    """A prompt as a plan names it: the card's 32 digits, a dot, the ordinal."""
    return f"{card.hex}.{ordinal}"


def compact(numbers: Iterable[float]) -> list[float]:
    """Numbers with as many digits as a plan needs to keep."""
    return [float(f"{number:.{PRECISION}g}") for number in numbers]


@transaction.atomic
def study_more(*, enrolment: Enrolment, now: datetime, prompts: int = 10) -> DailyPlan:
    """Put more prompts of one exam into today, those worth most first."""
    if not 1 <= prompts <= MOST_MORE:
        raise DomainError("Add between 1 and 100 cards at a time.")
    plan = plan_day(enrolment=enrolment, now=now)
    studies = learners_studies([enrolment.user_id], now)[enrolment.user_id]
    mine = next(each for each in studies.preparations if each.enrolment.pk == enrolment.pk)
    asked = set(plan.prompts)
    rows = [
        row
        for row in further_rows(studies, mine, prompts + len(asked))
        if prompt_key(*mine.keys[row]) not in asked
    ][:prompts]
    new = sum(bool(np.isnan(mine.stability[row])) for row in rows)
    seconds = PACE.new * new + PACE.passed * (len(rows) - new)
    plan.prompts = [*plan.prompts, *(prompt_key(*mine.keys[row]) for row in rows)]
    plan.seconds += round(seconds * studies.pace)
    plan.save(update_fields=["prompts", "seconds"])
    return plan


def further_rows(studies: Studies, preparation: Preparation, limit: int) -> list[int]:
    """The best `limit` prompts of one preparation for today, however long they take."""
    if preparation.mode == Mode.EXAM:
        place = studies.towards_exams.index(preparation)
        alone = [studies.exams[place]]
        seconds = studies.seconds.copy()
        seconds[0] = np.inf
        today = exam_day.plan_day(alone, seconds, studies.market, limit=limit)
        return [int(row) for row in today.prompt]
    if preparation.mode == Mode.RETENTION:
        place = studies.kept.index(preparation)
        deck = studies.decks[place]
        reviews = studies.review(place, WHOLE_DAY).reviews
        met = deck.prompts.card[reviews].tolist()
        new = deck.unseen[retention_mode.first_of_each_card(deck, deck.unseen, met)]
        return [int(row) for row in (*reviews, *new)][:limit]
    return []


def add_minutes(*, enrolment: Enrolment, now: datetime, minutes: int) -> DailyPlan:
    """Give today more minutes and plan it anew, without what is done already."""
    user = enrolment.user
    day = today_of(user, now)
    whole = time_of(user).minutes(day) + minutes
    if minutes < 1 or whole > LONGEST_DAY:
        raise DomainError("Add at least one minute, and no more than the day has.")
    set_day(user=user, day=day, minutes=whole, now=now)
    return plan_day(enrolment=enrolment, now=now)


def plan_due_days(*, now: datetime, chunk: int = CHUNK) -> int:
    """Plan the day of every learner whose study day has begun; returns how many enrolments.

    Each chunk is one transaction, so a killed worker loses one chunk, and several may run at
    once. A plan belongs to the day it is for the learner *now*, so a late run does not write
    yesterday's, and one enrolment has one plan a day.
    """
    planned = 0
    while True:
        with transaction.atomic():
            due = list(
                Enrolment.objects.filter(next_plan_at__lte=now)
                .select_related("user")
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("next_plan_at", "user", "pk")[:chunk]
            )
            failed = plan_learners(sorted({each.user_id for each in due}), now)
            for each in due:
                calendar = each.calendar
                begins = next_day_start(now, calendar.zone, calendar.rollover_hour)
                each.next_plan_at = now + PAUSE if each.user_id in failed else begins
            Enrolment.objects.bulk_update(due, ["next_plan_at"])
        planned += len(due)
        if len(due) < chunk:
            return planned


def plan_learners(users: Sequence[int], now: datetime) -> set[int]:
    """Plan the day of several learners; returns those whose day could not be planned.

    One learner's impossible state must not keep the others waiting, so it is reported and the
    next learner is planned; the day is planned again when the learner looks at it.
    """
    plans: list[DailyPlan] = []
    failed: set[int] = set()
    for user, studies in learners_studies(users, now).items():
        try:
            plans += plans_of(studies, now)
        except Exception:
            logger.exception("The day of a learner could not be planned", user=user)
            failed.add(user)
    DailyPlan.objects.bulk_create(plans, ignore_conflicts=True)
    return failed
