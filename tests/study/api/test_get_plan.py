"""GET /api/v1/enrolments/<id>/plan/ and what belongs to it: outlook, what-if, lists of prompts."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.courses.models import Topic
from apps.study.models import DailyPlan, Enrolment
from tests.factories import NOW
from tests.study.preparing import exam_in, make_cards, remember

ApiOf = Callable[[User | None], APIClient]
PARTS = ("plan", "outlook", "what-if", "given-up", "leeches", "load")


def address(enrolment: Enrolment, part: str) -> str:
    return f"/api/v1/enrolments/{enrolment.pk}/{part}/"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def preparing(enrolment: Enrolment, topic: Topic) -> Enrolment:
    cards = make_cards(topic, 600)
    remember(enrolment, cards[:30], stability=6.0, last=8, due=-3, lapses=9)
    return exam_in(enrolment, 12)


def test_it_works(api_of: ApiOf, carol: User, preparing: Enrolment) -> None:
    plan = api_of(carol).get(address(preparing, "plan")).json()
    assert (plan["day"], plan["mode"], plan["minutes"]) == ("2026-03-02", "exam", 20)
    assert plan["prompts"] > 0
    assert 0 < plan["score_now"] < plan["score_exam"] < 1
    assert plan["given_up"] > 0
    assert plan["backlog"]["overdue"] == 30
    assert plan["seconds_left"] == pytest.approx(plan["seconds"], abs=1)


@pytest.mark.parametrize("part", PARTS)
def test_it_is_the_learners_own(
    api_of: ApiOf, alice: User, dave: User, preparing: Enrolment, part: str
) -> None:
    assert api_of(None).get(address(preparing, part)).status_code == 401
    assert api_of(dave).get(address(preparing, part)).status_code == 404
    assert api_of(alice).get(address(preparing, part)).status_code == 404


def test_the_outlook_shows_the_way_to_the_exam(
    api_of: ApiOf, carol: User, preparing: Enrolment
) -> None:
    found = api_of(carol).get(address(preparing, "outlook")).json()
    assert found["exam_date"] == "2026-03-14"
    assert [len(found["curve"]), len(found["days"])] == [13, 12]
    assert found["days"][0]["worth"] == 1
    assert found["ten_more"] > 0


def test_without_a_date_it_says_what_to_do(
    api_of: ApiOf, carol: User, enrolment: Enrolment
) -> None:
    answer = api_of(carol).get(address(enrolment, "outlook"))
    assert (answer.status_code, answer.json()["code"]) == (409, "no_exam_ahead")
    assert "Set the exam's date" in answer.json()["detail"]


def test_another_goal_can_be_tried_and_nothing_changes(
    api_of: ApiOf, carol: User, preparing: Enrolment
) -> None:
    api = api_of(carol)
    goal: Any = {"minutes_per_day": 60, "exam_date": "2026-04-01", "days_off": ["2026-03-05"]}
    tried = api.get(address(preparing, "what-if"), goal).json()
    assert tried["score_exam"] > api.get(address(preparing, "outlook")).json()["score_exam"]
    assert (tried["days"][3]["minutes"], tried["days"][4]["minutes"]) == (0, 60)
    assert not DailyPlan.objects.exists()


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ({"minutes_per_day": 1441}, "1440"),
        ({"exam_date": "soon"}, "format"),
        ({"exam_date": "2026-03-01"}, "still to come"),
        ({"days_off": ["x"]}, "format"),
    ],
)
def test_a_senseless_goal_is_told_so(
    api_of: ApiOf, carol: User, preparing: Enrolment, goal: dict[str, Any], told: str
) -> None:
    answer = api_of(carol).get(address(preparing, "what-if"), goal)
    assert answer.status_code == 400
    assert told in answer.text


def test_what_is_given_up_comes_in_pages(
    api_of: ApiOf, carol: User, preparing: Enrolment, django_assert_max_num_queries: Any
) -> None:
    api = api_of(carol)
    first = api.get(address(preparing, "given-up"), {"limit": 2}).json()
    assert first["count"] > 2
    with django_assert_max_num_queries(20):
        page = api.get(address(preparing, "given-up"), {"limit": 50, "offset": 2}).json()
    names = [prompt["question"] for prompt in first["results"] + page["results"]]
    assert len(set(names)) == len(names) == min(first["count"], 52)
    assert first["results"][0]["weight"] == pytest.approx(1 / 600)


def test_leeches_are_listed(api_of: ApiOf, carol: User, preparing: Enrolment) -> None:
    listed = api_of(carol).get(address(preparing, "leeches")).json()
    assert listed["count"] == 30
    assert {prompt["lapses"] for prompt in listed["results"]} == {9}


def test_a_month_is_foreseen_without_an_exam(
    api_of: ApiOf, carol: User, preparing: Enrolment
) -> None:
    assert api_of(carol).get(address(exam_in(preparing, None), "load")).json()[29]["day"]


def test_minutes_can_be_put_into_today(api_of: ApiOf, carol: User, preparing: Enrolment) -> None:
    api = api_of(carol)
    before = api.get(address(preparing, "plan")).json()
    after = api.post(address(preparing, "minutes"), {"minutes": 15}, format="json").json()
    assert (before["minutes"], after["minutes"]) == (20, 35)
    assert after["prompts"] > before["prompts"]


def test_what_follows_the_exam_can_be_chosen(
    api_of: ApiOf, carol: User, preparing: Enrolment
) -> None:
    exam_in(preparing, -3)
    api = api_of(carol)
    wish = {"after_exam": "stop"}
    answer = api.patch(f"/api/v1/enrolments/{preparing.pk}/", wish, format="json")
    assert answer.json()["after_exam"] == "stop"
    plan = api.get(address(preparing, "plan")).json()
    assert (plan["mode"], plan["prompts"]) == ("stopped", 0)
