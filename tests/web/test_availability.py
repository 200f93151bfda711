"""The learner's own time: a usual week, and the dates that differ."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.study.services.availability import time_of
from tests.factories import NOW
from tests.web.conftest import SignIn

pytestmark = [pytest.mark.django_db]

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _monday_morning() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def carols(client_of: SignIn, carol: User) -> Client:
    return client_of(carol)


def test_a_learner_sets_the_minutes_of_each_weekday(carols: Client, carol: User) -> None:
    minutes = [30, 30, 30, 30, 0, 90, 60]
    page = carols.post("/time/", dict(zip(WEEK, minutes, strict=True)), follow=True).text
    assert "Your time is saved" in page
    assert time_of(carol).week == tuple(minutes)
    assert 'value="90"' in page


@pytest.mark.parametrize("minutes", ["-1", "1441", "", "an hour"])
def test_minutes_that_no_day_has_are_refused_and_nothing_is_lost(
    carols: Client, carol: User, minutes: str
) -> None:
    before = time_of(carol)
    page = carols.post("/time/", {**dict.fromkeys(WEEK, "45"), "friday": minutes}).text
    assert "Something needs another look" in page
    assert 'value="45"' in page
    assert time_of(carol) == before


def test_a_day_off_is_set_shown_and_taken_back(carols: Client, carol: User) -> None:
    day = TODAY + timedelta(days=3)
    page = carols.post("/time/dates/", {"date": day.isoformat(), "minutes": 0}, follow=True).text
    assert "day off" in page
    assert time_of(carol).minutes(day) == 0
    page = carols.post("/time/dates/forget/", {"date": day.isoformat()}, follow=True).text
    assert "day off</" not in page
    assert time_of(carol).minutes(day) == 20


def test_a_day_that_is_over_cannot_be_planned(carols: Client) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    page = carols.post("/time/dates/", {"date": yesterday, "minutes": 30}).text
    assert "This day is over" in page
    assert yesterday in page


def test_dates_that_are_over_are_no_longer_listed(carols: Client, carol: User) -> None:
    with time_machine.travel(NOW - timedelta(days=9)):
        carols.post("/time/dates/", {"date": "2026-03-01", "minutes": 77})
    assert time_of(carol).minutes(date(2026, 3, 1)) == 77
    assert "77 min" not in carols.get(reverse("time")).text
