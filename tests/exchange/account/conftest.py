"""Somebody who has used everything."""

import pytest
from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.courses.services import create_exam
from apps.exchange.models import Export, ImportRun
from apps.ingest.models import IngestRun
from apps.quizzes.models import QuizKind
from apps.quizzes.services.attempts import start_attempt
from apps.study.models import Enrolment
from apps.study.services.availability import set_minutes_per_day
from apps.study.services.enrolments import enrol
from apps.study.services.plans import plan_day
from apps.study.services.sync import record_events
from tests.factories import NOW, make_card, make_question, make_topic, make_version
from tests.study.events import answer, incoming

SECRET = "Quagga"
"""A word that stands in everything carol has written, and nowhere else."""


@pytest.fixture
def carols_life(carol: User, exam: Exam, topic: Topic, enrolment: Enrolment) -> Exam:
    """Carol studies a shared exam with a note of her own, and has an exam that is hers alone."""
    carol.name = f"Carol {SECRET}"
    carol.save()
    own = make_topic(exam, f"{SECRET} topic", owner=carol)
    note = make_version(exam, f"{SECRET} notes.", owner=carol)
    IngestRun.objects.create(version=note, started_by=carol)
    card = make_card(own, f"{SECRET}?", owner=carol, version=note)
    for _ in range(12):
        make_question(topic)
    make_question(own, f"Which {SECRET}?", owner=carol)
    record_events(user=carol, events=[incoming(answer(enrolment, card, 3))], now=NOW)
    set_minutes_per_day(user=carol, minutes=30, now=NOW)
    start_attempt(user=carol, exam=exam, kind=QuizKind.QUICK, now=NOW)
    for model in (Export, ImportRun):
        run = model.objects.create(exam=exam, user=carol)
        run.file.save(f"{SECRET}.apkg", ContentFile(SECRET))
    alone = create_exam(owner=carol, code="alone", title=f"{SECRET} exam")
    enrol(user=carol, exam=alone, now=NOW)
    domain = make_topic(alone, f"{SECRET} domain")
    make_card(domain, f"Of my exam, {SECRET}?", version=make_version(alone, f"{SECRET} of mine."))
    make_question(domain, f"Of my exam, which {SECRET}?")
    plan_day(enrolment=enrolment, now=NOW)
    return alone
