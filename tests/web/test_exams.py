"""Exams: joining, making, setting a goal, and the page of each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bank.models import Card
from apps.courses.models import Exam, Membership, Role, Topic
from apps.study.models import Enrolment
from tests.factories import make_card, make_note, make_topic
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db

RULES = {"minutes": 60, "question_count": 20, "pass_mark": 70}


def test_a_person_sees_their_exams_and_those_open_to_them(
    client_of: SignIn, carol: User, exam: Exam, open_exam: Exam
) -> None:
    page = client_of(carol).get("/exams/").text
    assert "Biology" in page
    assert "Open exam" in page


def test_a_private_exam_is_hidden_from_strangers(
    client_of: SignIn, mallory: User, exam: Exam
) -> None:
    browser = client_of(mallory)
    assert "Biology" not in browser.get("/exams/").text
    assert browser.get("/exams/bio/").status_code == 404
    assert browser.post("/exams/bio/join/").status_code == 404


def test_joining_an_open_exam_starts_the_preparation(
    client_of: SignIn, dave: User, open_exam: Exam
) -> None:
    answer = client_of(dave).post("/exams/open/join/")
    assert answer.headers["Location"] == "/exams/open/"
    assert Enrolment.objects.filter(user=dave, exam=open_exam).exists()


def test_an_exam_of_ones_own_is_ready_for_notes_at_once(client_of: SignIn, dave: User) -> None:
    answer = client_of(dave).post("/exams/", {"title": "Tax Law, part 2", **RULES})
    made = Exam.objects.get(title="Tax Law, part 2")
    assert answer.headers["Location"] == reverse("upload", args=["tax-law-part-2"]) + "#top"
    assert Membership.objects.get(exam=made, user=dave).role == Role.OWNER
    assert Enrolment.objects.filter(user=dave, exam=made).exists()


@pytest.mark.parametrize("title", ["Biology", "Bio", "経済学"])
def test_any_title_gets_an_address_of_its_own(
    client_of: SignIn, dave: User, exam: Exam, title: str
) -> None:
    browser = client_of(dave)
    for _ in range(2):
        assert browser.post("/exams/", {"title": title, **RULES}).status_code == 302
    codes = Exam.objects.filter(title=title, memberships__user=dave).values_list("code", flat=True)
    assert len(set(codes)) == 2


def test_an_exam_without_a_title_is_refused_and_the_rules_are_kept(
    client_of: SignIn, dave: User
) -> None:
    page = client_of(dave).post("/exams/", {"title": "", **RULES, "minutes": 95}).text
    assert "This field is required" in page
    assert 'value="95"' in page


def test_the_goal_can_be_changed(client_of: SignIn, carol: User, enrolment: Enrolment) -> None:
    exam_date = timezone.localdate() + timedelta(days=30)
    goal = {"exam_date": exam_date.isoformat(), "minutes_per_day": "45"}
    assert client_of(carol).post("/exams/bio/", goal).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.exam_date == exam_date
    assert enrolment.minutes_per_day == 45


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ({"exam_date": "2020-01-01", "minutes_per_day": "30"}, "This day is over"),
        ({"exam_date": "soon", "minutes_per_day": "30"}, "Enter a valid date"),
        ({"exam_date": "", "minutes_per_day": "0"}, "greater than or equal to 1"),
    ],
)
def test_an_impossible_goal_is_explained(
    client_of: SignIn, carol: User, enrolment: Enrolment, goal: dict[str, str], words: str
) -> None:
    assert words in client_of(carol).post("/exams/bio/", goal).text
    enrolment.refresh_from_db()
    assert enrolment.minutes_per_day == 20


def test_the_page_counts_cards_by_topic_and_by_note(
    client_of: SignIn, carol: User, topic: Topic, card: Card
) -> None:
    make_card(make_topic(topic.exam, "Organelles", parent=topic))
    page = client_of(carol).get("/exams/bio/").text
    assert "Organelles" in page
    assert "2 cards" in page
    assert "cells.txt" in page


def test_notes_and_topics_of_others_stay_theirs(
    client_of: SignIn, alice: User, carol: User, exam: Exam
) -> None:
    make_note(exam, "Mine alone.", owner=alice, name="private.txt")
    make_card(make_topic(exam, "Secret topic", owner=alice), owner=alice)
    page = client_of(carol).get("/exams/bio/").text
    assert "private.txt" not in page
    assert "Secret topic" not in page


def test_more_topics_and_notes_do_not_make_more_queries(
    client_of: SignIn,
    carol: User,
    exam: Exam,
    enrolment: Enrolment,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(15):
        make_card(make_topic(exam))
        make_note(exam, "A line.")
    browser = client_of(carol)
    browser.get("/exams/bio/")  # the new cards are made known to the learner
    with django_assert_max_num_queries(20):
        browser.get("/exams/bio/")
