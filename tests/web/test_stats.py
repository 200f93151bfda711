"""The page of statistics: for who begins, for who has answered once, for who studies long."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam, Topic
from apps.quizzes.models import Attempt
from apps.study.models import Enrolment
from tests.factories import NOW, make_card, make_enrolment, make_question, make_topic
from tests.insights.reviewing import review
from tests.insights.sitting import right, sit
from tests.study.preparing import second_exam
from tests.web.conftest import SignIn

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _monday_morning() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def test_who_studies_nothing_is_led_to_the_exams(client_of: SignIn, dave: User) -> None:
    assert "Nothing to count yet" in client_of(dave).get("/stats/").text


def test_before_the_first_answer_it_says_what_will_be_here(
    client_of: SignIn, carol: User, enrolment: Enrolment, card: Card
) -> None:
    page = client_of(carol).get("/stats/").text
    assert "Your days appear here as soon as you have answered a card" in page
    assert "No card has come up a second time" in page
    assert "Nothing is due" in page
    assert "too few questions" in page
    assert "0 of 1" in page


def test_after_one_answer(client_of: SignIn, carol: User, enrolment: Enrolment, card: Card) -> None:
    review(enrolment, card, (3, NOW))
    page = client_of(carol).get("/stats/").text
    assert "1 answer on 1 day since 25 Feb 2025" in page
    assert "2 Mar 2026: 1 answer, 4 s" in page
    assert "1 prompt in 30 days" in page
    assert "No card has come up a second time" in page


def test_it_tells_what_was_remembered_and_predicted(
    client_of: SignIn, carol: User, enrolment: Enrolment, topic: Topic
) -> None:
    for rating in (3, 3, 3, 1):
        card = make_card(topic)
        review(enrolment, card, (3, NOW - timedelta(days=10)), (rating, NOW - timedelta(days=7)))
    page = client_of(carol).get("/stats/").text
    assert "you still knew <strong>75 %</strong>" in page
    assert "75 % of 4, predicted" in page
    assert "Most recently, from 23 Feb" in page
    by_day = client_of(carol).get("/stats/?by=day").text
    assert '<th scope="row">23 Feb 2026</th>' in by_day
    assert "Most recently, from Feb 2026" in client_of(carol).get("/stats/?by=month").text
    assert client_of(carol).get("/stats/?by=moon").status_code == 200


def test_readiness_is_told_here_on_the_exam_and_on_today(
    client_of: SignIn, carol: User, exam: Exam, enrolment: Enrolment, topic: Topic
) -> None:
    for _ in range(30):
        make_question(topic)
    browser = client_of(carol)
    for address in ("/stats/", "/exams/bio/", "/today/"):
        assert "20 more new questions" in browser.get(address).text
    for hour in range(2):
        sit(carol, exam, right, at=NOW - timedelta(hours=hour + 2))
    for address in ("/stats/", "/exams/bio/"):
        page = browser.get(address).text
        assert "If the exam were today: likely between" in page
        assert "Your chance to pass is <strong>over 99 %</strong>" in page
    assert "chance to pass over 99 %" in browser.get("/today/").text


def test_one_exam_or_all_of_them(
    client_of: SignIn, carol: User, enrolment: Enrolment, card: Card
) -> None:
    other = make_enrolment(carol, second_exam(enrolment.exam, "Chemistry"))
    review(other, make_card(make_topic(other.exam, "Acids")), (3, NOW))
    browser = client_of(carol)
    both, one = browser.get("/stats/").text, browser.get("/stats/?exam=bio").text
    assert "Topics: Biology" in both
    assert "Topics: Chemistry" in both
    assert "<h1>Stats: Biology</h1>" in one
    assert "Acids" not in one
    assert "Your days appear here" in one
    assert browser.get("/stats/?exam=nothing").status_code == 404


def test_other_peoples_exams_do_not_exist_here(
    client_of: SignIn, mallory: User, enrolment: Enrolment
) -> None:
    assert client_of(mallory).get("/stats/?exam=bio").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/stats/").headers["Location"].startswith("/accounts/login/")


def test_today_shows_the_last_weeks_once_there_is_something(
    client_of: SignIn, carol: User, enrolment: Enrolment, card: Card
) -> None:
    browser = client_of(carol)
    assert "The last 12 weeks" not in browser.get("/today/").text
    review(enrolment, card, (1, NOW - timedelta(days=1)))
    page = browser.get("/today/").text
    assert "The last 12 weeks" in page
    assert "Where most is to be gained" in page
    assert "100.0 points" not in page


@pytest.mark.parametrize("address", ["/today/", "/stats/"])
def test_a_weak_topic_is_one_click_from_a_quiz_on_just_that_topic(
    client_of: SignIn, carol: User, exam: Exam, enrolment: Enrolment, card: Card, address: str
) -> None:
    organs, nerves = (make_topic(exam, title, parent=card.topic) for title in ("Organs", "Nerves"))
    for topic in (organs, nerves):
        review(enrolment, make_card(topic), (1, NOW - timedelta(days=1)))
    asked = [make_question(organs) for _ in range(3)]
    make_question(card.topic)
    make_question(make_topic(exam, "Elsewhere", weight=10))
    browser = client_of(carol)
    page = browser.get(address).text
    assert 'Quiz<span class="visually-hidden"> on Organs</span>' in page
    assert "on Nerves</span>" not in page, "there is no question on them"
    offered = re.findall(r'name="topic" value="(\d+)"', page)
    assert offered == [str(organs.pk)]
    begun = browser.post("/exams/bio/quizzes/start/", {"kind": "topic", "topic": offered[0]})
    attempt = Attempt.objects.get()
    assert begun.headers["Location"] == f"/attempts/{attempt.pk}/"
    assert {item.question for item in attempt.items.all()} == set(asked)


def test_more_cards_and_answers_do_not_make_more_queries(
    client_of: SignIn,
    carol: User,
    topic: Topic,
    enrolment: Enrolment,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_of(carol)
    for number in range(40):
        review(enrolment, make_card(topic), (3, NOW - timedelta(days=number + 3)), (2, NOW))
    browser.get("/stats/")
    with django_assert_max_num_queries(12):
        browser.get("/stats/")
