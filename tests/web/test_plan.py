"""The plan towards an exam: where it leads, what another goal would change, what it leaves out."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.courses.models import Exam, Topic
from apps.study.models import AfterExam, Enrolment, Memory
from apps.study.services.availability import set_week, time_of
from tests.factories import NOW, make_card, make_enrolment
from tests.web.conftest import SignIn

pytestmark = [pytest.mark.django_db]

TODAY = NOW.date()
PLAN = "/exams/bio/plan/"


@pytest.fixture(autouse=True)
def _monday_morning() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def carols(client_of: SignIn, carol: User) -> Client:
    return client_of(carol)


@pytest.fixture
def ahead(carol: User, exam: Exam, topic: Topic) -> Enrolment:
    """Carol's exam is in thirty days and asks for forty cards."""
    for number in range(40):
        make_card(topic, f"What is number {number}?", f"It is {number}")
    return make_enrolment(carol, exam, exam_date=TODAY + timedelta(days=30))


def test_it_says_what_score_to_expect_and_between_what(carols: Client, ahead: Enrolment) -> None:
    page = carols.get(PLAN).text
    assert "On Wednesday, 1 April: about" in page
    assert "Nine times in ten between" in page
    assert "If the exam were today: 0 %" in page
    assert page.count("<svg") >= 2
    assert "<td>1 Apr</td>" in page


def test_another_goal_is_tried_out_without_being_saved(carols: Client, ahead: Enrolment) -> None:
    page = carols.get(PLAN, {"minutes_per_day": 1}).text
    assert "Then about" in page
    assert time_of(ahead.user).minutes_per_day == 20


def test_what_was_tried_out_becomes_the_plan(carols: Client, carol: User, ahead: Enrolment) -> None:
    later = TODAY + timedelta(days=45)
    away = TODAY + timedelta(days=10)
    goal = {
        "minutes_per_day": "35",
        "exam_date": later.isoformat(),
        "away_from": away.isoformat(),
        "away_to": (away + timedelta(days=1)).isoformat(),
    }
    assert "Make this my plan" in carols.get(PLAN, goal).text
    page = carols.post(PLAN + "adopt/", goal, follow=True).text
    assert "This is the plan now" in page
    ahead.refresh_from_db()
    assert ahead.exam_date == later
    assert time_of(carol).minutes_per_day == 35
    assert [time_of(carol).minutes(away + timedelta(days=n)) for n in range(3)] == [0, 0, 35]


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"exam_date": "2026-03-01"}, "still to come"),
        ({"minutes_per_day": "2000"}, "1440"),
        ({"away_from": "2026-03-09", "away_to": "2026-03-04"}, "before you leave"),
        ({"away_from": "2026-03-09"}, "Give both days"),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_typed_stays(
    carols: Client, ahead: Enrolment, asked: dict[str, str], complaint: str
) -> None:
    page = carols.get(PLAN, asked).text
    assert complaint in page
    assert all(f'value="{value}"' in page for value in asked.values())
    assert carols.post(PLAN + "adopt/", asked, follow=True).text.count(complaint) >= 1
    ahead.refresh_from_db()
    assert ahead.exam_date == TODAY + timedelta(days=30)


def test_what_there_is_no_time_for_is_named(
    carols: Client, carol: User, ahead: Enrolment, topic: Topic
) -> None:
    set_week(user=carol, minutes=[1, 0, 0, 0, 0, 0, 0], now=NOW)
    page = carols.get(PLAN).text
    assert "there is no time for" in page
    assert "What is number" in page
    everything = carols.get(PLAN + "left-out/").text
    assert everything.count("What is number") > page.count("What is number")


def test_with_time_for_everything_nothing_is_left_out(carols: Client, ahead: Enrolment) -> None:
    assert "Nothing: there is time for every card." in carols.get(PLAN).text
    assert "Nothing is left out" in carols.get(PLAN + "left-out/").text


def test_without_a_date_the_days_to_come_are_shown(
    carols: Client, carol: User, exam: Exam, topic: Topic
) -> None:
    make_card(topic)
    make_enrolment(carol, exam)
    page = carols.get(PLAN).text
    assert "The next 30 days" in page
    assert "Set the exam's date" in page
    assert carols.get(PLAN + "left-out/").headers["Location"] == PLAN


def test_cards_that_will_not_stay_are_named(carols: Client, ahead: Enrolment, topic: Topic) -> None:
    memory = Memory.objects.filter(enrolment=ahead).first()
    assert memory is not None
    Memory.objects.filter(enrolment=ahead, card=memory.card_id).update(
        lapses=9, reps=20, stability=0.5, difficulty=9.0, first_day=TODAY, last_day=TODAY
    )
    page = carols.get(PLAN).text
    assert "Cards that will not stay" in page
    assert "forgotten 9 times" in page


def test_after_the_exam_the_learner_keeps_or_stops(
    carols: Client, carol: User, exam: Exam, topic: Topic
) -> None:
    make_card(topic)
    mine = make_enrolment(carol, exam, exam_date=date(2026, 2, 27))
    assert "Do you want to keep what you learnt?" in carols.get("/today/").text
    page = carols.post("/exams/bio/after/", {"after_exam": "stop"}, follow=True).text
    assert "You have stopped studying for this exam" in page
    mine.refresh_from_db()
    assert mine.after_exam == AfterExam.STOP
    page = carols.post("/exams/bio/after/", {"after_exam": "keep"}, follow=True).text
    assert reverse("study", args=["bio"]) in page
    page = carols.post("/exams/bio/after/", {"after_exam": "burn"}, follow=True).text
    assert "Choose whether" in page


def test_ten_more_minutes_put_more_into_today(
    carols: Client, carol: User, ahead: Enrolment
) -> None:
    before = time_of(carol).minutes(TODAY)
    carols.post("/exams/bio/study/minutes/")
    assert time_of(carol).minutes(TODAY) == before + 10


def test_only_who_studies_the_exam_has_a_plan(
    client_of: SignIn, bob: User, ahead: Enrolment
) -> None:
    assert client_of(bob).get(PLAN).status_code == 404
