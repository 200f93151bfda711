"""How much a study day holds, decided once when the day begins."""

from datetime import date, datetime

from django.db import transaction

from apps.common.errors import DomainError
from apps.study.memory.days import next_day_start
from apps.study.models import DailyPlan, Enrolment, Memory
from apps.study.services.enrolments import add_new_prompts

# What one prompt takes, in seconds, until the learner's own pace is known. A new one is met
# several times on its first day.
SECONDS_PER_REVIEW = 8
SECONDS_PER_NEW = 25
FEWEST_NEW = 20
# Everything should have been met this many days before the exam, to leave time for reviews.
DAYS_FOR_REVIEW = 7
CHUNK = 500


def plan_day(*, enrolment: Enrolment, now: datetime) -> DailyPlan:
    """The plan for the learner's present study day, made if there is none yet.

    Reviews come first; what is left of the minutes goes to new prompts, as many as the pace
    towards the exam asks for.
    """
    add_new_prompts(enrolment=enrolment)
    day = enrolment.calendar.day(now)
    plan = DailyPlan.objects.filter(enrolment=enrolment, day=day).first()
    if plan is not None:
        return plan
    budget = enrolment.minutes_per_day * 60
    due = Memory.objects.due(enrolment, day).count()
    review_limit = min(due, max(budget // SECONDS_PER_REVIEW, 1))
    spare = budget - review_limit * SECONDS_PER_REVIEW
    plan, _ = DailyPlan.objects.get_or_create(
        enrolment=enrolment,
        day=day,
        defaults={
            "due_count": due,
            "review_limit": review_limit,
            "new_limit": min(spare // SECONDS_PER_NEW, new_pace(enrolment, day)),
            "made_at": now,
        },
    )
    return plan


def new_pace(enrolment: Enrolment, day: date) -> int:
    """New prompts a day so that all are met in time for the exam; at least `FEWEST_NEW`."""
    if enrolment.exam_date is None:
        return FEWEST_NEW
    unseen = Memory.objects.unseen(enrolment).count()
    days = max((enrolment.exam_date - day).days - DAYS_FOR_REVIEW, 1)
    return max(-(-unseen // days), FEWEST_NEW)


def study_more(*, enrolment: Enrolment, now: datetime, prompts: int = 10) -> DailyPlan:
    """Put more into today: overdue reviews first, then new prompts."""
    if not 1 <= prompts <= 100:  # noqa: PLR2004 - a day's addition, not a new plan
        raise DomainError("Add between 1 and 100 cards at a time.")
    plan = plan_day(enrolment=enrolment, now=now)
    overdue = Memory.objects.due(enrolment, plan.day).count()
    reviews = min(prompts, overdue)
    plan.review_limit += reviews
    plan.new_limit += prompts - reviews
    plan.save(update_fields=["review_limit", "new_limit"])
    return plan


def plan_due_days(*, now: datetime, chunk: int = CHUNK) -> int:
    """Plan the day of every learner whose study day has begun; returns how many.

    Each chunk is one transaction. A plan belongs to the day it is for the learner *now*, so a
    late run does not write yesterday's, and one enrolment has one plan a day.
    """
    planned = 0
    while True:
        with transaction.atomic():
            due = list(
                Enrolment.objects.filter(next_plan_at__lte=now)
                .select_related("user", "exam")
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("next_plan_at")[:chunk]
            )
            for enrolment in due:
                plan_day(enrolment=enrolment, now=now)
                calendar = enrolment.calendar
                enrolment.next_plan_at = next_day_start(now, calendar.zone, calendar.rollover_hour)
            Enrolment.objects.bulk_update(due, ["next_plan_at"])
        planned += len(due)
        if len(due) < chunk:
            return planned
