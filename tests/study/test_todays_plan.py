"""Today's plan: what it asks, how it shares the minutes, and what stays when it is made anew."""

from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.bank.models import CardKind
from apps.bank.services.items import save_card
from apps.common.errors import DomainError
from apps.courses.models import Exam, Topic
from apps.study.models import AfterExam, DailyPlan, Enrolment, Memory, Mode
from apps.study.services.availability import take_day_off
from apps.study.services.enrolments import add_new_prompts
from apps.study.services.outlook import what_if
from apps.study.services.plans import add_minutes, plan_day, plan_due_days, study_more
from apps.study.services.queue import has_more, today, todays_queue
from apps.study.services.sync import record_events
from tests.factories import NOW, make_card, make_enrolment, make_topic
from tests.study.events import answer, incoming
from tests.study.preparing import TODAY, exam_in, make_cards, remember, second_exam

pytestmark = pytest.mark.django_db


def rate(enrolment: Enrolment, memory: Memory, rating: int = 3) -> None:
    """Have the learner answer one prompt now."""
    event = answer(enrolment, memory.card, rating, ordinal=memory.ordinal)
    record_events(user=enrolment.user, events=[incoming(event)], now=NOW)


def keys(plan: DailyPlan) -> set[str]:
    return set(plan.prompts)


@pytest.fixture
def preparing(enrolment: Enrolment, topic: Topic) -> Enrolment:
    """Carol, twenty days before the exam, who knows sixty of eighty cards."""
    cards = make_cards(topic, 80)
    remember(enrolment, cards[:60], stability=8.0, last=14, due=-6)
    return exam_in(enrolment, 20)


def test_on_the_way_to_an_exam_known_and_new_prompts_share_the_minutes(
    preparing: Enrolment,
) -> None:
    state = today(enrolment=preparing, now=NOW)
    assert state.plan.mode == Mode.EXAM
    assert state.reviews
    assert state.new
    assert state.seconds <= 20 * 60 + 60


def test_it_says_what_score_it_leads_to(preparing: Enrolment) -> None:
    plan = plan_day(enrolment=preparing, now=NOW)
    assert plan.score_now is not None
    assert plan.score_exam is not None
    assert 0 < plan.score_now < plan.score_exam <= 1
    assert len(plan.prices) == 20


def test_reading_it_again_makes_no_other_plan(preparing: Enrolment) -> None:
    first = plan_day(enrolment=preparing, now=NOW)
    later = plan_day(enrolment=preparing, now=NOW + timedelta(hours=5))
    assert (first.pk, first.prompts) == (later.pk, later.prompts)


def test_what_is_answered_leaves_the_queue_and_the_order_stays(preparing: Enrolment) -> None:
    before = today(enrolment=preparing, now=NOW).waiting
    rate(preparing, before[0])
    after = today(enrolment=preparing, now=NOW)
    assert [m.pk for m in after.waiting] == [m.pk for m in before[1:]]
    assert after.done == 1


def test_what_was_forgotten_comes_again_at_the_end(preparing: Enrolment) -> None:
    before = today(enrolment=preparing, now=NOW).waiting
    rate(preparing, before[0], rating=1)
    after = today(enrolment=preparing, now=NOW)
    assert after.waiting[-1].pk == before[0].pk
    assert after.done == 0


def test_more_minutes_do_not_repeat_what_is_done(preparing: Enrolment) -> None:
    done = today(enrolment=preparing, now=NOW).waiting[:5]
    for memory in done:
        rate(preparing, memory)
    add_minutes(enrolment=preparing, now=NOW, minutes=15)
    waiting = {memory.pk for memory in today(enrolment=preparing, now=NOW).waiting}
    assert waiting
    assert waiting.isdisjoint({memory.pk for memory in done})


def test_ten_more_are_ten_others(preparing: Enrolment) -> None:
    before = plan_day(enrolment=preparing, now=NOW)
    after = study_more(enrolment=preparing, now=NOW, prompts=10)
    assert keys(before) < keys(after)
    assert len(after.prompts) == len(before.prompts) + 10
    assert after.prompts[: len(before.prompts)] == before.prompts


@pytest.mark.parametrize("prompts", [0, 101])
def test_a_senseless_wish_for_more_is_refused(preparing: Enrolment, prompts: int) -> None:
    with pytest.raises(DomainError, match="between 1 and 100"):
        study_more(enrolment=preparing, now=NOW, prompts=prompts)


def test_a_day_off_asks_nothing_and_is_no_backlog_to_fear(preparing: Enrolment) -> None:
    take_day_off(user=preparing.user, day=TODAY, now=NOW)
    assert today(enrolment=preparing, now=NOW).waiting == []


def test_two_exams_share_one_day(preparing: Enrolment, carol: User) -> None:
    alone = plan_day(enrolment=preparing, now=NOW).seconds
    other_exam = second_exam(preparing.exam)
    make_cards(make_topic(other_exam, "Other"), 90)
    other = exam_in(make_enrolment(carol, other_exam), 20)
    both = [plan_day(enrolment=each, now=NOW).seconds for each in (preparing, other)]
    assert sum(both) <= 20 * 60 + 120
    assert both[0] < alone
    assert both[1] > 0


def test_an_exam_and_one_that_is_only_kept_share_one_day(preparing: Enrolment, carol: User) -> None:
    kept_exam = second_exam(preparing.exam, "Kept")
    cards = make_cards(make_topic(kept_exam, "Old"), 200)
    kept = exam_in(make_enrolment(carol, kept_exam), None)
    remember(kept, cards, stability=8.0, last=12, due=-4)
    plans = [plan_day(enrolment=each, now=NOW) for each in (preparing, kept)]
    assert [plan.mode for plan in plans] == [Mode.EXAM, Mode.RETENTION]
    assert all(plan.prompts for plan in plans)
    assert sum(plan.seconds for plan in plans) <= 20 * 60 + 120


def test_after_the_exam_it_can_be_kept_or_stopped(preparing: Enrolment) -> None:
    exam_in(preparing, -1)
    assert plan_day(enrolment=preparing, now=NOW).mode == Mode.RETENTION
    DailyPlan.objects.all().delete()
    preparing.after_exam = AfterExam.STOP
    preparing.save()
    stopped = plan_day(enrolment=preparing, now=NOW)
    assert (stopped.mode, stopped.prompts) == (Mode.STOPPED, [])


def test_nothing_new_is_begun_after_the_exam_until_the_learner_decides(
    preparing: Enrolment,
) -> None:
    exam_in(preparing, -1)
    state = today(enrolment=preparing, now=NOW)
    assert state.reviews
    assert not state.new
    DailyPlan.objects.all().delete()
    preparing.after_exam = AfterExam.KEEP
    preparing.save()
    assert plan_day(enrolment=preparing, now=NOW).mode == Mode.RETENTION


def test_a_heavier_topic_is_learnt_first(enrolment: Enrolment, exam: Exam) -> None:
    light, heavy = make_topic(exam, "Light", weight=10), make_topic(exam, "Heavy", weight=60)
    make_cards(light, 60)
    important = {card.pk for card in make_cards(heavy, 60)}
    exam_in(enrolment, 5)
    waiting = today(enrolment=enrolment, now=NOW).waiting
    assert waiting
    assert {memory.card_id for memory in waiting} <= important


def test_topics_without_a_share_divide_what_the_others_leave(
    enrolment: Enrolment, exam: Exam
) -> None:
    make_cards(make_topic(exam, "Half", weight=50), 10)
    make_cards(make_topic(exam, "Rest"), 5)
    queue = todays_queue(enrolment=enrolment, now=NOW)
    shares = {prompt.path[0]: round(prompt.weight, 6) for prompt in queue.prompts}
    assert shares == {"Half": 0.05, "Rest": 0.1}


def test_a_learners_own_topic_counts_beside_a_full_blueprint(
    enrolment: Enrolment, carol: User, topic: Topic
) -> None:
    make_cards(topic, 9)  # the topic is the whole exam
    make_cards(make_topic(topic.exam, "Mine", owner=carol), 1, owner=carol)
    queue = todays_queue(enrolment=enrolment, now=NOW)
    weights = [prompt.weight for prompt in queue.prompts]
    assert len(weights) == 10
    assert weights == pytest.approx([0.1] * 10)


def test_one_direction_of_a_card_a_day_also_when_the_day_is_made_longer(
    enrolment: Enrolment, topic: Topic
) -> None:
    make_card(topic, "Term", "Meaning", kind=CardKind.REVERSED)
    exam_in(enrolment, 10)
    first = today(enrolment=enrolment, now=NOW).waiting
    assert [memory.ordinal for memory in first] == [0]
    rate(enrolment, first[0])
    add_minutes(enrolment=enrolment, now=NOW, minutes=30)
    assert today(enrolment=enrolment, now=NOW).waiting == []


def test_a_backlog_is_absorbed_within_the_minutes(preparing: Enrolment) -> None:
    plan = plan_day(enrolment=preparing, now=NOW)
    assert plan.overdue == 60
    assert 0 < plan.deferred < 60
    assert plan.seconds <= 20 * 60 + 60


def test_the_buttons_say_when_the_plan_asks_again(preparing: Enrolment) -> None:
    prompt = todays_queue(enrolment=preparing, now=NOW).prompts[0]
    assert prompt.intervals[1] == "today"
    assert all(
        label == "after the exam" or (label.endswith(" d") and int(label[:-2]) < 20)
        for rating, label in prompt.intervals.items()
        if rating > 1
    )


def test_a_prompt_forgotten_again_and_again_is_marked(preparing: Enrolment) -> None:
    hard = Memory.objects.filter(enrolment=preparing, stability__isnull=False)[:3]
    for memory in hard:
        Memory.objects.filter(pk=memory.pk).update(lapses=8)
    prompts = todays_queue(enrolment=preparing, now=NOW).prompts
    asked = {(prompt.card_id, prompt.ordinal) for prompt in prompts if prompt.is_leech}
    assert asked <= {(memory.card_id, memory.ordinal) for memory in hard}
    assert asked


def test_an_exam_without_cards_has_an_empty_plan(enrolment: Enrolment) -> None:
    plan = plan_day(enrolment=exam_in(enrolment, 10), now=NOW)
    assert (plan.mode, plan.prompts, plan.score_now) == (Mode.EXAM, [], 0)


def test_on_the_day_of_the_exam_there_is_still_a_plan(preparing: Enrolment) -> None:
    exam_in(preparing, 0)
    plan = plan_day(enrolment=preparing, now=NOW)
    assert plan.mode == Mode.EXAM
    assert len(plan.prices) == 1


def test_an_exam_many_years_away_is_planned_like_one_in_a_year(preparing: Enrolment) -> None:
    plan = plan_day(enrolment=exam_in(preparing, 9000), now=NOW)
    assert plan.mode == Mode.EXAM
    assert len(plan.prices) == 366


def test_a_slow_learner_is_asked_less(preparing: Enrolment) -> None:
    usual = plan_day(enrolment=preparing, now=NOW)
    memories = Memory.objects.filter(enrolment=preparing, stability=None).select_related("card")
    yesterday = NOW - timedelta(days=1)
    events = [
        incoming(answer(preparing, memory.card, 3, at=yesterday) | {"duration_ms": 55_000})
        for memory in memories[:40]
    ]
    record_events(user=preparing.user, events=events, now=NOW)
    DailyPlan.objects.all().delete()
    slow = plan_day(enrolment=preparing, now=NOW)
    assert len(slow.prompts) < len(usual.prompts)
    assert slow.seconds <= 20 * 60 + 120


def test_all_exams_of_all_learners_are_planned_with_few_queries(
    exam: Exam, topic: Topic, django_assert_max_num_queries: Any
) -> None:
    make_cards(topic, 20)
    other = second_exam(exam)
    make_cards(make_topic(other, "Other"), 20)
    enrolments = [make_enrolment(make_learner(n), other) for n in range(12)]
    for enrolment in enrolments[:6]:
        exam_in(enrolment, 10)
    with django_assert_max_num_queries(14):
        assert plan_due_days(now=NOW) == 12
    assert DailyPlan.objects.count() == 12


def test_a_learner_whose_state_is_impossible_keeps_nobody_waiting(
    exam: Exam, topic: Topic, carol: User
) -> None:
    other = second_exam(exam)
    cards = make_cards(make_topic(other, "Other"), 5)
    broken, sound = (exam_in(make_enrolment(make_learner(n), other), 10) for n in range(2))
    add_new_prompts(enrolment=broken)
    broken.calibration = ["nonsense"]
    broken.save()
    assert plan_due_days(now=NOW) == 2
    assert list(DailyPlan.objects.values_list("enrolment", flat=True)) == [sound.pk]
    broken.refresh_from_db()
    assert broken.next_plan_at == NOW + timedelta(hours=1)
    assert len(cards) == 5


def make_learner(number: int) -> User:
    return User.objects.create(email=f"learner{number}@example.org")


def test_what_is_suspended_is_not_planned(preparing: Enrolment) -> None:
    hidden = list(Memory.objects.filter(enrolment=preparing, stability__isnull=False)[:30])
    for memory in hidden:
        Memory.objects.filter(pk=memory.pk).update(is_suspended=True)
    plan = plan_day(enrolment=preparing, now=NOW)
    assert plan.overdue == 30
    assert keys(plan).isdisjoint({f"{m.card_id.hex}.{m.ordinal}" for m in hidden})


def test_a_date_can_be_tried_after_the_exam_is_over(preparing: Enrolment) -> None:
    over = exam_in(preparing, -1)
    tried = what_if(enrolment=over, now=NOW, exam_date=TODAY + timedelta(days=30))
    assert tried.score_exam > tried.untouched


def test_more_is_offered_only_while_there_is_more(enrolment: Enrolment, topic: Topic) -> None:
    make_card(topic, "Term", "Meaning", kind=CardKind.REVERSED)
    assert has_more(enrolment=enrolment, now=NOW)
    rate(enrolment, today(enrolment=enrolment, now=NOW).waiting[0])
    assert not has_more(enrolment=enrolment, now=NOW)


def test_a_gap_that_was_edited_away_is_not_asked(enrolment: Enrolment, topic: Topic) -> None:
    card = make_card(topic, "{{c1::A}}, {{c2::B}} and {{c3::C}}", "", kind=CardKind.CLOZE)
    add_new_prompts(enrolment=enrolment)
    card.front = "{{c1::A}}, B and {{c3::C}}"
    save_card(card=card, author=None)
    Memory.objects.filter(enrolment=enrolment).update(
        stability=2.0, difficulty=5.0, last_day=TODAY - timedelta(days=9), due_day=TODAY
    )
    waiting = today(enrolment=exam_in(enrolment, 9), now=NOW).waiting
    assert {memory.ordinal for memory in waiting} <= {0, 2}
    assert waiting
