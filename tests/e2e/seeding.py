"""Histories that would take a browser days: written into a running site's own data."""

import random
import subprocess
import sys
from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Membership, Role, Visibility
from apps.courses.services import create_exam
from apps.quizzes.models import AttemptItem
from apps.study.models import Enrolment
from apps.study.services.sync import record_events
from tests.factories import make_question, make_topic
from tests.insights.sitting import choices, right, sit, wrong
from tests.running import ROOT, Quickstart
from tests.study.events import answer, incoming

CODE = "statistics"
SITTERS = 50


def seed(site: Quickstart) -> None:
    """Have the demo learner study for two months, and fifty people sit one quiz."""
    words = "from tests.e2e.seeding import study_long, sit_together; study_long(); sit_together()"
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", words],
        cwd=ROOT,
        env=site.environment,
        check=True,
        capture_output=True,
    )


def study_long() -> None:
    now = timezone.now() - timedelta(hours=1)
    enrolment = Enrolment.objects.select_related("user", "exam").get(
        user__is_demo=True, exam__code="aws-saa"
    )
    chance = random.Random(3)  # noqa: S311 - a made-up learner
    cards = list(Card.objects.studied_by(enrolment.user, enrolment.exam)[:60])
    events = []
    for number, card in enumerate(cards):
        ago = 60 - number % 30
        while ago > 0:
            rating = chance.choice((1, 3, 3, 3, 3, 4))
            events.append(answer(enrolment, card, rating, at=now - timedelta(days=ago)))
            ago -= chance.randint(3, 25)
    record_events(user=enrolment.user, events=[incoming(each) for each in events], now=now)
    for hours in (60, 50, 40, 30, 20, 10):
        sit(
            enrolment.user,
            enrolment.exam,
            lambda item: right(item) if item.index % 5 else wrong_or_blank(item),
            at=now - timedelta(hours=hours),
        )


def wrong_or_blank(item: AttemptItem) -> list[str]:
    """A wrong choice, or nothing where there is none to choose."""
    return wrong(item) if any(not each["is_correct"] for each in choices(item)) else []


def sit_together() -> None:
    """An exam of the instructor's, whose questions fifty learners have answered."""
    now = timezone.now()
    instructor = User.objects.get(email="instructor@example.org")
    exam = create_exam(owner=instructor, code=CODE, title="Statistics", visibility=Visibility.OPEN)
    topic = make_topic(exam, "Cells", weight=100)
    for _ in range(10):
        make_question(topic)
    for number in range(SITTERS):
        person = User.objects.create(email=f"sitter{number}@example.org", name="Sitter")
        Membership.objects.create(exam=exam, user=person, role=Role.LEARNER)

        def choose(item: AttemptItem, number: int = number) -> list[str]:
            return right(item) if (item.index * 7) % SITTERS < number else wrong(item)

        sit(person, exam, choose, at=now - timedelta(hours=1))
