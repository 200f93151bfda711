"""Which time zones somebody may live in, and what they are called."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User, validate_time_zone


@given(st.sampled_from(sorted(name for name in available_timezones() if "/" in name)))
def test_every_place_the_world_knows_is_accepted_and_can_be_used(name: str) -> None:
    validate_time_zone(name)
    assert datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo(name))


@given(st.text().filter(lambda name: name not in available_timezones()))
def test_anything_else_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="such as Europe/Paris"):
        validate_time_zone(name)


@pytest.mark.parametrize("name", ["CET", "EST", "GMT"])
def test_short_names_that_mean_several_things_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_time_zone(name)


def test_somebody_without_a_name_goes_by_their_address() -> None:
    user = User(email="carol@example.org")
    assert str(user) == "carol@example.org"
    assert user.get_short_name() == "carol"


def test_a_password_is_never_stored_as_it_was_typed(carol: User) -> None:
    assert carol.password != "password"
    assert carol.check_password("password")


def test_pages_show_times_where_the_reader_is(client: Client, carol: User) -> None:
    User.objects.update(time_zone="Pacific/Auckland", last_login="2026-03-02T11:30:00Z")
    boss = User.objects.create_superuser(
        "boss@example.org", "password", time_zone="Pacific/Auckland"
    )
    client.force_login(boss)
    page = client.get(f"/admin/accounts/user/{carol.pk}/change/").content.decode()
    assert "3 Mar 2026, 12:30" in page
