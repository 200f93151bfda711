"""What the plan leads to, told before it happens: scores, prices, what is left out."""

from datetime import timedelta

import pytest

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Topic
from apps.study.models import DailyPlan, Enrolment
from apps.study.services.availability import take_day_off
from apps.study.services.named import given_up, leeches, named
from apps.study.services.outlook import NoExamAhead, backlog, load, outlook, what_if
from apps.study.services.plans import plan_day
from tests.factories import NOW
from tests.study.preparing import TODAY, exam_in, make_cards, remember

pytestmark = pytest.mark.django_db


@pytest.fixture
def scarce(enrolment: Enrolment, topic: Topic) -> Enrolment:
    """Carol, ten days before the exam, with far more cards than minutes."""
    cards = make_cards(topic, 400)
    remember(enrolment, cards[:40], stability=6.0, last=8, due=-3)
    return exam_in(enrolment, 10)


def test_the_score_grows_towards_the_exam(scarce: Enrolment) -> None:
    found = outlook(enrolment=scarce, now=NOW)
    assert 0 < found.score_now < found.score_exam < 1
    assert found.untouched < found.score_exam
    assert found.spread > 0


def test_the_curve_leads_from_today_to_the_exam(scarce: Enrolment) -> None:
    found = outlook(enrolment=scarce, now=NOW)
    assert [found.curve[0].day, found.curve[-1].day] == [TODAY, TODAY + timedelta(days=10)]
    assert found.curve[-1].score == pytest.approx(found.score_exam, abs=0.05)


def test_each_day_has_its_minutes_and_its_price(scarce: Enrolment) -> None:
    off = TODAY + timedelta(days=3)
    take_day_off(user=scarce.user, day=off, now=NOW)
    days = outlook(enrolment=scarce, now=NOW).days
    assert [day.minutes for day in days] == [20, 20, 20, 0, 20, 20, 20, 20, 20, 20]
    assert days[0].worth == 1
    assert days[3].planned_minutes == 0


def test_ten_more_minutes_help_where_time_is_short(scarce: Enrolment) -> None:
    assert outlook(enrolment=scarce, now=NOW).ten_more > 0


def test_more_minutes_lead_to_a_higher_score_and_nothing_is_written(scarce: Enrolment) -> None:
    plan_day(enrolment=scarce, now=NOW)
    before = list(DailyPlan.objects.values())
    present = outlook(enrolment=scarce, now=NOW).score_exam
    assert what_if(enrolment=scarce, now=NOW, minutes_per_day=60).score_exam > present
    assert what_if(enrolment=scarce, now=NOW, minutes_per_day=5).score_exam < present
    assert list(DailyPlan.objects.values()) == before
    scarce.refresh_from_db()
    assert scarce.minutes_per_day == 20


def test_days_off_cost_something(scarce: Enrolment) -> None:
    present = outlook(enrolment=scarce, now=NOW).score_exam
    off = [TODAY + timedelta(days=n) for n in range(1, 6)]
    assert what_if(enrolment=scarce, now=NOW, days_off=off).score_exam < present


def test_a_later_exam_leads_to_a_higher_score(scarce: Enrolment) -> None:
    present = outlook(enrolment=scarce, now=NOW)
    later = what_if(enrolment=scarce, now=NOW, exam_date=TODAY + timedelta(days=40))
    assert later.score_exam > present.score_exam
    assert len(later.curve) == 41


def test_a_date_can_be_tried_before_there_is_one(enrolment: Enrolment, topic: Topic) -> None:
    make_cards(topic, 30)
    with pytest.raises(NoExamAhead, match="Set the exam's date"):
        outlook(enrolment=enrolment, now=NOW)
    tried = what_if(enrolment=enrolment, now=NOW, exam_date=TODAY + timedelta(days=20))
    assert tried.score_exam > 0.3


def test_an_exam_cannot_be_moved_into_the_past(scarce: Enrolment) -> None:
    with pytest.raises(DomainError, match="still to come"):
        what_if(enrolment=scarce, now=NOW, exam_date=TODAY)


def test_what_is_given_up_is_told_by_name_and_weight(scarce: Enrolment) -> None:
    keys = given_up(enrolment=scarce, now=NOW)
    plan = plan_day(enrolment=scarce, now=NOW)
    assert len(keys) == plan.given_up > 0
    names = named(enrolment=scarce, keys=keys[:5])
    assert [(prompt.card_id, prompt.ordinal) for prompt in names] == keys[:5]
    assert all(prompt.question.startswith("Question") for prompt in names)
    assert names[0].weight == pytest.approx(1 / 400)
    assert names[0].path == ("Cells",)
    total = sum(prompt.weight for prompt in named(enrolment=scarce, keys=keys))
    assert total == pytest.approx(plan.given_up_weight, rel=0.01)


def test_nothing_is_given_up_where_there_is_time(enrolment: Enrolment, topic: Topic) -> None:
    make_cards(topic, 10)
    assert given_up(enrolment=exam_in(enrolment, 30), now=NOW) == []


def test_leeches_are_listed_worst_first(enrolment: Enrolment, topic: Topic) -> None:
    cards = make_cards(topic, 5)
    for card, lapses in zip(cards, (3, 8, 12, 7, 9), strict=True):
        remember(enrolment, [card], lapses=lapses)
    listed = named(enrolment=enrolment, keys=leeches(enrolment=enrolment))
    assert [prompt.lapses for prompt in listed] == [12, 9, 8]


def test_missed_days_are_counted_and_their_reviews_absorbed(
    enrolment: Enrolment, topic: Topic
) -> None:
    cards = make_cards(topic, 200)
    remember(enrolment, cards, stability=4.0, last=6, due=-3)
    behind = backlog(enrolment=exam_in(enrolment, 15), now=NOW)
    assert behind.missed_days == 5
    assert behind.overdue == 200
    assert 0 < behind.absorbed < 200
    assert behind.absorbed + behind.deferred == 200


def test_days_off_are_no_missed_days(carol: User, enrolment: Enrolment, topic: Topic) -> None:
    remember(enrolment, make_cards(topic, 5), last=3)
    for ago in (1, 2):
        carol.minutes_of_days.create(date=TODAY - timedelta(days=ago), minutes=0)
    assert backlog(enrolment=enrolment, now=NOW).missed_days == 0


def test_without_an_exam_the_coming_month_is_foreseen(enrolment: Enrolment, topic: Topic) -> None:
    cards = make_cards(topic, 60)
    remember(enrolment, cards[:40], stability=5.0, last=3, due=2)
    days = load(enrolment=enrolment, now=NOW)
    assert len(days) == 30
    assert days[0].day == TODAY
    assert sum(day.reviews for day in days) >= 40
    assert load(enrolment=exam_in(enrolment, 10), now=NOW) == []
