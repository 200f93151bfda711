"""The learner's day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam, Topic
from apps.study.models import DailyPlan, Enrolment, Memory
from apps.study.services.availability import set_week
from tests.factories import NOW, make_card, make_enrolment
from tests.web.conftest import SignIn

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _monday_morning() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_it_says_what_is_planned_and_how_long_it_takes(
    client_of: SignIn, carol: User, topic: Topic, exam: Exam
) -> None:
    for _ in range(3):
        make_card(topic)
    make_enrolment(carol, exam)
    page = client_of(carol).get("/today/").text
    assert "<strong>3</strong> new, about 2 min" in page
    assert reverse("study", args=["bio"]) in page


def test_it_counts_the_days_to_the_exam(client_of: SignIn, carol: User, exam: Exam) -> None:
    make_enrolment(carol, exam, exam_date=NOW.date() + timedelta(days=12))
    assert "12 days to the exam" in client_of(carol).get("/today/").text


def test_who_studies_nothing_is_led_to_the_exams(client_of: SignIn, dave: User) -> None:
    page = client_of(dave).get("/today/").text
    assert "Nothing to study yet" in page
    assert reverse("exams") in page


def test_an_exam_without_cards_asks_for_notes(
    client_of: SignIn, carol: User, enrolment: Enrolment
) -> None:
    page = client_of(carol).get("/today/").text
    assert "There are no cards in this exam yet" in page
    assert reverse("upload", args=["bio"]) in page


def test_reviews_that_do_not_fit_the_minutes_are_named_overdue(
    client_of: SignIn, carol: User, card: Card, topic: Topic, exam: Exam
) -> None:
    cards = [make_card(topic) for _ in range(9)]
    enrolment = make_enrolment(carol, exam)
    set_week(user=carol, minutes=[1] * 7, now=NOW)
    Memory.objects.filter(enrolment=enrolment, card__in=cards).update(
        stability=2.0, difficulty=5.0, last_day=date(2026, 2, 20), due_day=date(2026, 2, 22)
    )
    page = client_of(carol).get("/today/").text
    assert "<strong>4</strong> reviews" in page
    assert "5 overdue reviews are left for later days" in page


def test_a_finished_day_offers_ten_more(
    client_of: SignIn, carol: User, card: Card, exam: Exam
) -> None:
    enrolment = make_enrolment(carol, exam)
    DailyPlan.objects.create(enrolment=enrolment, day=NOW.date(), made_at=NOW)
    browser = client_of(carol)
    assert "10 more" in browser.get("/today/").text
    answer = browser.post(reverse("study_more", args=["bio"]))
    assert answer.headers["Location"] == reverse("study", args=["bio"])
    assert "<strong>1</strong> new" in browser.get("/today/").text


def test_only_a_learner_of_the_exam_can_ask_for_more(
    client_of: SignIn, mallory: User, enrolment: Enrolment
) -> None:
    assert client_of(mallory).post(reverse("study_more", args=["bio"])).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/today/").headers["Location"].startswith("/accounts/login/")


def test_more_cards_do_not_make_more_queries(
    client_of: SignIn,
    carol: User,
    topic: Topic,
    enrolment: Enrolment,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_of(carol)
    for _ in range(40):
        make_card(topic)
    browser.get("/today/")
    with django_assert_max_num_queries(14):
        browser.get("/today/")
