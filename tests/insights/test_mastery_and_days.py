"""Topics, days and what comes due, each counted by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.insights.activity import days_studied
from apps.insights.forecast import forecast_of
from apps.insights.knowledge import Knowledge, knowledge_of
from apps.insights.mastery import mastery_of, weakest_of
from apps.study.memory.fsrs import retrievability
from apps.study.models import Enrolment
from tests.factories import NOW, make_card, make_enrolment, make_topic
from tests.insights.reviewing import review, send
from tests.study.events import undo
from tests.study.preparing import make_cards, remember, second_exam

pytestmark = pytest.mark.django_db


def known(enrolment: Enrolment) -> Knowledge:
    return knowledge_of([enrolment], NOW)[0]


def test_mastery_is_the_mean_recall_of_all_prompts(enrolment: Enrolment, topic: Topic) -> None:
    cards = make_cards(topic, 4)
    remember(enrolment, cards[:3], stability=10, last=10)
    (found,) = mastery_of(known(enrolment))
    assert (found.prompts, found.met) == (4, 3)
    assert found.share == pytest.approx(1)
    assert found.mastery == pytest.approx(3 / 4 * retrievability(10, 10))
    assert found.lost == pytest.approx(1 - found.mastery)


def test_a_topic_holds_what_is_below_it(exam: Exam, topic: Topic, enrolment: Enrolment) -> None:
    topic.weight = 60
    topic.save()
    organs = make_topic(exam, "Organs", weight=40)
    heart = make_topic(exam, "Heart", parent=organs)
    make_cards(topic, 2)
    make_cards(organs, 1)
    remember(enrolment, make_cards(heart, 3), stability=5, last=0)
    found = {each.topic.title: each for each in mastery_of(known(enrolment))}
    assert [each.depth for each in found.values()] == [0, 0, 1]
    assert (found["Organs"].prompts, found["Heart"].prompts) == (4, 3)
    assert found["Organs"].share == pytest.approx(0.4)
    assert found["Heart"].share == pytest.approx(0.3)
    assert found["Cells"].mastery == 0


def test_the_weakest_topic_is_where_most_is_to_be_gained(
    exam: Exam, topic: Topic, enrolment: Enrolment
) -> None:
    topic.weight = 90
    topic.save()
    rare = make_topic(exam, "Rare", weight=10)
    untouched = make_topic(exam, "Untouched")
    remember(enrolment, make_cards(rare, 2), stability=1, last=30)
    remember(enrolment, make_cards(topic, 2), stability=5, last=5)
    make_cards(untouched, 2)
    assert [each.topic.title for each in weakest_of(known(enrolment))] == ["Cells", "Rare"]


def test_nothing_met_has_no_weakest_topic(enrolment: Enrolment, topic: Topic) -> None:
    make_cards(topic, 3)
    assert weakest_of(known(enrolment)) == []
    assert mastery_of(known(enrolment))[0].met == 0


def test_an_exam_without_cards_has_no_topics(enrolment: Enrolment) -> None:
    assert mastery_of(known(enrolment)) == []
    assert forecast_of([known(enrolment)]).total == 0


def test_what_is_due_is_counted_by_day(enrolment: Enrolment, topic: Topic) -> None:
    for due in (-4, 0, 3, 3, 29, 30, 200):
        remember(enrolment, make_cards(topic, 1), due=due, last=10)
    make_cards(topic, 5)
    found = forecast_of([known(enrolment)])
    assert (found.overdue, found.later, found.total) == (1, 2, 5)
    assert [found.days[n].due for n in (0, 1, 3, 29)] == [2, 0, 2, 1]
    assert (found.days[0].day, len(found.days)) == (NOW.date(), 30)


def test_two_exams_come_due_together(carol: User, enrolment: Enrolment, topic: Topic) -> None:
    other = make_enrolment(carol, second_exam(enrolment.exam))
    there = make_topic(other.exam, "There")
    remember(enrolment, make_cards(topic, 2), due=1)
    remember(other, make_cards(there, 3), due=1)
    found = forecast_of(knowledge_of([enrolment, other], NOW))
    assert found.days[1].due == 5


def test_days_without_answers_are_there_too(enrolment: Enrolment, topic: Topic) -> None:
    card = make_card(topic)
    review(enrolment, card, (3, NOW - timedelta(days=2)), (3, NOW))
    found = days_studied([enrolment], now=NOW, days=4)
    assert [each.answers for each in found] == [0, 1, 0, 1]
    assert [each.seconds for each in found] == [0, 4, 0, 4]
    assert found[-1].day == NOW.date()


def test_what_was_undone_took_no_time(enrolment: Enrolment, topic: Topic) -> None:
    card = make_card(topic)
    mistake, _ = review(enrolment, card, (1, NOW), (3, NOW + timedelta(minutes=1)))
    send(enrolment, [undo(mistake)])
    assert days_studied([enrolment], now=NOW, days=1)[0].answers == 1


def test_a_night_belongs_to_the_day_before(enrolment: Enrolment, topic: Topic) -> None:
    enrolment.user.time_zone = "America/New_York"
    enrolment.user.save()
    # 3 a.m. on the day the clocks went forward, and 5 a.m. on it.
    night, morning = datetime(2026, 3, 8, 7, 30, tzinfo=UTC), datetime(2026, 3, 8, 9, tzinfo=UTC)
    review(enrolment, make_card(topic), (3, night), (3, morning))
    found = days_studied([enrolment], now=morning, days=2)
    assert [(each.day, each.answers) for each in found] == [
        (date(2026, 3, 7), 1),
        (date(2026, 3, 8), 1),
    ]


def test_nobody_studied_nothing() -> None:
    assert days_studied([], now=NOW, days=7) == []
    assert forecast_of([]).total == 0
