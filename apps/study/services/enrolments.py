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
from apps.study.models import DailyPlan, Enrolment, Memory


@transaction.atomic
def enrol(
    *,
    user: User,
    exam: Exam,
    now: datetime,
    exam_date: date | None = None,
    minutes_per_day: int = 20,
) -> Enrolment:
    """Start studying for an exam; somebody who already does keeps their enrolment.

    Raises NotAllowed where the exam is not theirs to join.
    """
    join_exam(exam=exam, user=user)
    enrolment, _ = Enrolment.objects.get_or_create(
        user=user,
        exam=exam,
        defaults={
            "exam_date": exam_date,
            "minutes_per_day": minutes_per_day,
            "next_plan_at": now,
        },
    )
    add_new_prompts(enrolment=enrolment)
    return enrolment


@transaction.atomic
def change_goal(
    *, enrolment: Enrolment, now: datetime, exam_date: date | None, minutes_per_day: int
) -> None:
    """Set the exam's date and the minutes a day; today is planned anew."""
    enrolment.exam_date = exam_date
    enrolment.minutes_per_day = minutes_per_day
    enrolment.full_clean()
    enrolment.save()
    today = enrolment.calendar.day(now)
    DailyPlan.objects.filter(enrolment=enrolment, day=today).delete()


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
