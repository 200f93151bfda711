"""How somebody begins to study for an exam."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.bank.models import Card
from apps.bank.prompts import prompts_of
from apps.courses.models import Exam
from apps.courses.services import join_exam
from apps.study.models import Enrolment, Memory
from apps.study.services.availability import set_minutes_per_day
from apps.study.services.days import forget_today
from apps.study.services.memories import rebuild


@transaction.atomic
def enrol(
    *,
    user: User,
    exam: Exam,
    now: datetime,
    exam_date: date | None = None,
    minutes_per_day: int | None = None,
) -> Enrolment:
    """Start studying for an exam; somebody who already does keeps their enrolment.

    `minutes_per_day` are the learner's, for all their exams; without it they stay as they are.
    Raises NotAllowed where the exam is not theirs to join.
    """
    join_exam(exam=exam, user=user)
    enrolment, is_new = Enrolment.objects.get_or_create(
        user=user, exam=exam, defaults={"exam_date": exam_date, "next_plan_at": now}
    )
    if minutes_per_day is not None and is_new:
        set_minutes_per_day(user=user, minutes=minutes_per_day, now=now)
    if is_new:
        forget_today(user=user, now=now)
    add_new_prompts(enrolment=enrolment)
    return enrolment


@transaction.atomic
def change_goal(
    *,
    enrolment: Enrolment,
    now: datetime,
    exam_date: date | None,
    minutes_per_day: int | None = None,
    after_exam: str | None = None,
    desired_retention: float | None = None,
) -> None:
    """Set the exam's date, what follows it, and the minutes a day; today is planned anew.

    What is None stays as it is, but for the date: without one there is no exam to plan for.
    Another desired retention (a probability) moves the day on which each prompt is due.
    """
    enrolment.exam_date = exam_date
    if after_exam is not None:
        enrolment.after_exam = after_exam
    moves = desired_retention not in (None, enrolment.desired_retention)
    if desired_retention is not None:
        enrolment.desired_retention = desired_retention
    enrolment.full_clean()
    enrolment.save(update_fields=["exam_date", "after_exam", "desired_retention", "updated_at"])
    if moves:
        rebuild(enrolment=enrolment)
    if minutes_per_day is not None:
        set_minutes_per_day(user=enrolment.user, minutes=minutes_per_day, now=now)
    forget_today(user=enrolment.user, now=now)


def add_new_prompts(*, enrolment: Enrolment) -> int:
    """Give the learner a memory for each prompt of the exam that has none; returns how many."""
    held = (
        Memory.objects.filter(enrolment=enrolment, card=OuterRef("pk"))
        .order_by()
        .values("card")
        .annotate(held=Count("ordinal"))
        .values("held")
    )
    incomplete = (
        Card.objects.studied_by(enrolment.user, enrolment.exam)
        .annotate(held=Coalesce(Subquery(held, output_field=IntegerField()), 0))
        .filter(held__lt=F("prompt_count"))
        .only("kind", "front", "back", "items")
    )
    missing = [
        Memory(enrolment=enrolment, card=card, ordinal=prompt.ordinal)
        for card in incomplete
        for prompt in prompts_of(card)
    ]
    Memory.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)
