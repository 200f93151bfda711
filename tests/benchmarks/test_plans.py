"""How long plans take through the service, database included: printed for people, never judged.

Run it at full size with PASSNOTES_LEARNERS=10000 PASSNOTES_CARDS=50000 and `-s`.
"""

import os
import random
import time
from copy import copy
from datetime import timedelta

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam, Topic
from apps.courses.services import create_exam
from apps.study.models import DailyPlan, Enrolment, Memory
from apps.study.services.outlook import outlook
from apps.study.services.plans import plan_day, plan_due_days
from apps.study.services.queue import todays_queue
from tests.factories import NOW, make_enrolment, make_topic, make_user
from tests.study.preparing import TODAY, make_cards

pytestmark = pytest.mark.django_db

LEARNERS = int(os.environ.get("PASSNOTES_LEARNERS", "40"))
CARDS_EACH = 500
CARDS = int(os.environ.get("PASSNOTES_CARDS", "1500"))
"""Cards of the largest single learner."""
DAYS = 60
YESTERDAY, LATER = NOW - timedelta(days=1), NOW + timedelta(days=99)
TEMPLATES = 10
"""Learners whose memories are drawn; the others have the same as one of these."""
COLUMNS = (
    "card_id, ordinal, stability, difficulty, reps, lapses, interval, first_day, last_day,"
    " due_day, last_reviewed_at, is_suspended"
)


def exam_with(cards: int) -> tuple[Exam, list[Card]]:
    """An exam of eight domains with so many cards."""
    exam = create_exam(owner=None, code=f"exam-{cards}", title="Large", visibility="open")
    topics: list[Topic] = [
        make_topic(exam, weight=weight) for weight in (22, 18, 15, 12, 11, 9, 8, 5)
    ]
    made = [card for topic in topics for card in make_cards(topic, cards // len(topics))]
    return exam, made + make_cards(topics[0], cards - len(made))


def half_known(enrolment: Enrolment, cards: list[Card], rng: random.Random) -> None:
    """Have the learner know every other card, at some time and somehow well."""
    rows = []
    for card in cards:
        memory = Memory(enrolment=enrolment, card=card)
        if rng.random() < 0.5:
            memory.stability = rng.lognormvariate(2, 1)
            memory.difficulty = rng.uniform(2, 9.5)
            ago = rng.randint(1, 30)
            due = rng.randint(max(-5, 1 - ago), 20)
            memory.reps, memory.interval = 3, ago + due
            memory.first_day = memory.last_day = TODAY - timedelta(days=ago)
            memory.due_day = TODAY + timedelta(days=due)
            memory.last_reviewed_at = NOW - timedelta(days=ago)
        rows.append(memory)
    Memory.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)


def learners_of(exam: Exam, cards: list[Card], count: int, name: str) -> list[Enrolment]:
    """So many learners in the middle of their preparation, sixty days before the exam."""
    User.objects.bulk_create(
        [User(email=f"{name}{n}@example.org", password="!") for n in range(count)], batch_size=2000
    )
    people = User.objects.filter(email__startswith=name).order_by("pk")
    goal = {"exam": exam, "exam_date": TODAY + timedelta(days=DAYS)}
    Enrolment.objects.bulk_create(
        Enrolment(user=user, next_plan_at=YESTERDAY if place < TEMPLATES else LATER, **goal)
        for place, user in enumerate(people)
    )
    enrolments = list(Enrolment.objects.filter(user__in=people).order_by("pk"))
    rng = random.Random(7)  # noqa: S311 - a made-up learner
    for enrolment in enrolments[:TEMPLATES]:
        half_known(enrolment, cards, rng)
    first, last = enrolments[0].pk, enrolments[-1].pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO study_memory (enrolment_id, {COLUMNS})"  # noqa: S608 - our own names
            f" SELECT e.id, {COLUMNS} FROM study_enrolment e JOIN study_memory m"
            f" ON m.enrolment_id = %s + (e.id - %s) %% {TEMPLATES}"
            f" WHERE e.id BETWEEN %s AND %s",
            [first, first, first + TEMPLATES, last],
        )
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    return enrolments


def planned_yesterday(enrolments: list[Enrolment]) -> None:
    """Give the learners yesterday's plan, as they have on all days but their first."""
    plan_due_days(now=YESTERDAY, chunk=TEMPLATES)
    begun = list(DailyPlan.objects.filter(enrolment__in=enrolments[:TEMPLATES]).order_by("pk"))
    plans = []
    for place, enrolment in enumerate(enrolments[TEMPLATES:]):
        plan = copy(begun[place % TEMPLATES])
        plan.pk, plan.enrolment = None, enrolment
        plans.append(plan)
    DailyPlan.objects.bulk_create(plans, batch_size=2000)
    Enrolment.objects.filter(pk__in=[each.pk for each in enrolments]).update(next_plan_at=NOW)


def test_the_days_of_many_learners_take_time_in_proportion(
    capsys: pytest.CaptureFixture[str],
) -> None:
    exam, cards = exam_with(CARDS_EACH)
    rates = []
    counts = (max(LEARNERS // 10, TEMPLATES), LEARNERS)
    for count, name in zip(counts, ("few", "many"), strict=True):
        planned_yesterday(learners_of(exam, cards, count, name))
        wall, cpu = time.perf_counter(), time.process_time()
        assert plan_due_days(now=NOW) == count
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        rates.append(count / cpu)
        with capsys.disabled():
            print(
                f"\n{connection.vendor}: {count} learners x {CARDS_EACH} cards in {wall:.1f} s"
                f" ({cpu:.1f} s of CPU): {count / cpu:.0f} learners/s,"
                f" {count * CARDS_EACH / cpu:,.0f} cards/s of CPU"
            )
    with capsys.disabled():
        print(f"rate of the many beside the few: {rates[1] / rates[0]:.2f} (1 is linear)")
    assert DailyPlan.objects.filter(day=TODAY).exclude(prompts=[]).count() == sum(counts)


@pytest.mark.parametrize("count", sorted({500, 1500, CARDS}))
def test_one_learners_day(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    exam, cards = exam_with(count)
    enrolment = make_enrolment(make_user("one"), exam, exam_date=TODAY + timedelta(days=DAYS))
    Memory.objects.all().delete()
    half_known(enrolment, cards, random.Random(7))  # noqa: S311 - a made-up learner
    figures = {}
    for name, work in (
        ("first plan", lambda now: plan_day(enrolment=enrolment, now=now)),
        ("read again", lambda now: plan_day(enrolment=enrolment, now=now)),
        ("queue of 100", lambda now: todays_queue(enrolment=enrolment, now=now)),
        ("next day", lambda now: plan_day(enrolment=enrolment, now=now + timedelta(days=1))),
        ("outlook", lambda now: outlook(enrolment=enrolment, now=now)),
    ):
        begun = time.process_time()
        work(NOW)
        figures[name] = time.process_time() - begun
    with capsys.disabled():
        listed = ", ".join(f"{name} {1000 * taken:.0f} ms" for name, taken in figures.items())
        print(f"\n{connection.vendor}, {count} cards, CPU: {listed}")
    assert DailyPlan.objects.filter(enrolment=enrolment).count() == 2
