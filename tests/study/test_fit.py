"""Parameters of a learner's own: only where they foretell better, and never required."""

import random
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam, Topic
from apps.study.memory.fsrs import (
    DEFAULT_PARAMETERS,
    Memory,
    interval_days,
    next_memory,
    retrievability,
)
from apps.study.models import Enrolment, EventKind, Fit, ReviewEvent
from apps.study.models import Memory as StoredMemory
from apps.study.services.fit import enrolments_to_fit, fit_parameters
from apps.study.services.memories import rebuild
from tests.factories import NOW, make_card, make_enrolment

# Somebody who keeps what is new for long, and gains little by repeating: not a matter of scale.
UNUSUAL = (3.0, 6.0, 12.0, 40.0, 6.4, 0.8, 3.0, 0.001, 0.6, 0.3, 0.3, 0.7, 0.06, 0.2, 1.0, 0.8,
           1.2, 0.54, 0.09, 0.066, 0.5)  # fmt: skip
REVIEWS = 1_300


@pytest.fixture
def enrolment(carol: User, exam: Exam, topic: Topic) -> Enrolment:
    for _ in range(120):
        make_card(topic)
    return make_enrolment(carol, exam)


def study(
    enrolment: Enrolment, parameters: tuple[float, ...], reviews: int, *, since: int = 0
) -> None:
    """Answers of somebody whose memory obeys these parameters, scheduled by the default ones."""
    chance = random.Random(4 + since)  # noqa: S311 - luck, not secrecy
    cards = list(Card.objects.order_by("position")[:120])
    events: list[ReviewEvent] = []
    start = NOW - timedelta(days=900 - since)
    turn: dict[UUID, tuple[int, Memory, Memory, int]] = {}
    day = 0
    while len(events) < reviews:
        for card in cards:
            if card.pk in turn:
                due, known, true, last = turn[card.pk]
                if due > day:
                    continue
                recalled = chance.random() < retrievability(true.stability, day - last, parameters)
                rating = chance.choices((2, 3, 4), (2, 6, 2))[0] if recalled else 1
                known = next_memory(known, rating, day - last)
                true = next_memory(true, rating, day - last, parameters)
            else:
                rating = chance.choices((1, 2, 3, 4), (24, 9, 50, 17))[0]
                known = next_memory(None, rating, 0)
                true = next_memory(None, rating, 0, parameters)
            due = day + max(round(interval_days(known.stability, 0.9) * chance.uniform(0.7, 2)), 1)
            turn[card.pk] = (due, known, true, day)
            moment = start + timedelta(days=day, seconds=len(events))
            events.append(event(enrolment, card, rating, moment, chance))
        day += 1
    ReviewEvent.objects.bulk_create(events)
    rebuild(enrolment=enrolment)


def event(
    enrolment: Enrolment, card: Card, rating: int, moment: datetime, chance: random.Random
) -> ReviewEvent:
    return ReviewEvent(
        id=UUID(int=chance.getrandbits(128)),
        enrolment=enrolment,
        card=card,
        kind=EventKind.ANSWER,
        rating=rating,
        reviewed_at=moment,
        received_at=moment,
    )


def test_who_remembers_otherwise_gets_parameters_of_their_own(enrolment: Enrolment) -> None:
    study(enrolment, UNUSUAL, REVIEWS)
    before = StoredMemory.objects.filter(enrolment=enrolment, reps__gt=2).first()
    assert before is not None
    fit = fit_parameters(enrolment_id=enrolment.pk, now=NOW)
    assert fit is not None
    assert fit.accepted
    assert fit.loss_before - fit.loss_after >= 0.001
    assert fit.reviews >= REVIEWS
    assert fit.library.startswith("fsrs-rs-python ")
    enrolment.refresh_from_db()
    assert enrolment.parameters == tuple(fit.parameters)
    assert enrolment.parameters != DEFAULT_PARAMETERS
    after = StoredMemory.objects.get(card=before.card, ordinal=before.ordinal)
    assert after.stability != before.stability
    assert (after.reps, after.last_day) == (before.reps, before.last_day)


def test_who_remembers_as_most_do_keeps_the_published_parameters(enrolment: Enrolment) -> None:
    study(enrolment, DEFAULT_PARAMETERS, REVIEWS)
    calibration = Enrolment.objects.get(pk=enrolment.pk).calibration
    fit = fit_parameters(enrolment_id=enrolment.pk, now=NOW)
    assert fit is not None
    assert not fit.accepted
    enrolment.refresh_from_db()
    assert enrolment.parameters == DEFAULT_PARAMETERS
    assert enrolment.calibration == calibration
    assert Fit.objects.get() == fit  # the attempt is kept, so that it is not made every night


def test_it_is_tried_again_only_after_enough_new_answers(enrolment: Enrolment) -> None:
    study(enrolment, UNUSUAL, REVIEWS)
    assert enrolments_to_fit() == [enrolment.pk]
    first = fit_parameters(enrolment_id=enrolment.pk, now=NOW)
    assert first is not None
    assert enrolments_to_fit() == []
    assert fit_parameters(enrolment_id=enrolment.pk, now=NOW) is None
    study(enrolment, UNUSUAL, REVIEWS // 5 + 10, since=800)
    assert enrolments_to_fit() == [enrolment.pk]
    second = fit_parameters(enrolment_id=enrolment.pk, now=NOW + timedelta(days=1))
    assert second is not None
    assert list(Fit.objects.all()) == [second, first]


def test_a_few_hundred_answers_are_too_few(enrolment: Enrolment) -> None:
    study(enrolment, UNUSUAL, 400)
    assert enrolments_to_fit() == []
    assert fit_parameters(enrolment_id=enrolment.pk, now=NOW) is None


def test_answers_of_one_day_only_have_nothing_to_be_judged_by(enrolment: Enrolment) -> None:
    chance = random.Random(1)  # noqa: S311 - luck, not secrecy
    cards = list(Card.objects.all()[:20])
    ReviewEvent.objects.bulk_create(
        event(enrolment, chance.choice(cards), 3, NOW + timedelta(seconds=n), chance)
        for n in range(1_000)
    )
    assert fit_parameters(enrolment_id=enrolment.pk, now=NOW) is None
    assert not Fit.objects.exists()


def test_without_the_extra_nothing_happens_and_nothing_fails(
    enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch, celery: Callable[[str], Any]
) -> None:
    study(enrolment, UNUSUAL, REVIEWS)
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)  # as if it were not installed
    assert enrolments_to_fit() == []
    assert fit_parameters(enrolment_id=enrolment.pk, now=NOW) is None
    celery("apps.study.tasks.fit_parameters")
    assert not Fit.objects.exists()


def test_the_night_tries_everybody_who_is_due(
    enrolment: Enrolment, celery: Callable[[str], Any]
) -> None:
    study(enrolment, UNUSUAL, REVIEWS)
    celery("apps.study.tasks.fit_parameters")
    assert Fit.objects.get().accepted


@pytest.fixture
def celery(settings: Any) -> Callable[[str], Any]:
    """Run a task by its name, with the tasks it sends, here and now."""
    from apps.config.celery import app

    app.loader.import_default_modules()

    def run(name: str) -> Any:
        eager = app.conf.task_always_eager
        app.conf.task_always_eager = True
        try:
            return app.tasks[name].run()
        finally:
            app.conf.task_always_eager = eager

    return run
