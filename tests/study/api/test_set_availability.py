"""/api/v1/availability/: the learner's week, and dates that differ."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from tests.factories import NOW

URL = "/api/v1/availability/"
ApiOf = Callable[[User | None], APIClient]


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_it_works(api_of: ApiOf, dave: User) -> None:
    api = api_of(dave)
    assert api.get(URL).json() == {"week": [20] * 7, "dates": {}}
    week = [30, 30, 30, 30, 30, 0, 90]
    assert api.put(URL, {"week": week}, format="json").json()["week"] == week
    assert api.get(URL).json()["week"] == week


def test_a_day_off_is_taken_and_given_back(api_of: ApiOf, dave: User) -> None:
    api = api_of(dave)
    day = f"{URL}days/2026-03-05/"
    assert api.put(day, {"minutes": 0}, format="json").json()["dates"] == {"2026-03-05": 0}
    assert api.delete(day).json()["dates"] == {}


def test_visitors_have_no_week(api_of: ApiOf) -> None:
    assert api_of(None).get(URL).status_code == 401


def test_ones_week_is_ones_own(api_of: ApiOf, carol: User, dave: User) -> None:
    api_of(carol).put(URL, {"week": [5] * 7}, format="json")
    assert api_of(dave).get(URL).json()["week"] == [20] * 7


@pytest.mark.parametrize("week", [[20] * 6, [-1] * 7, [2000] * 7, ["a"] * 7, "x", None])
def test_an_impossible_week_is_refused(api_of: ApiOf, dave: User, week: Any) -> None:
    answer = api_of(dave).put(URL, {"week": week}, format="json")
    assert answer.status_code == 400
    assert "week" in answer.json()["errors"]


def test_a_day_that_is_over_is_refused_in_words(api_of: ApiOf, dave: User) -> None:
    answer = api_of(dave).put(f"{URL}days/2026-03-01/", {"minutes": 0}, format="json")
    assert answer.status_code == 400
    assert "This day is over" in answer.json()["detail"]


def test_what_is_no_date_is_no_address(api_of: ApiOf, dave: User) -> None:
    assert api_of(dave).put(f"{URL}days/2026-02-31/", {"minutes": 0}).status_code == 404
