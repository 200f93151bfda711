"""A learner's day begins at their own four in the morning, wherever they are."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.days import day_start, local_day, next_day_start

ZONES = sorted(name for name in available_timezones() if "/" in name)
zones = st.sampled_from(ZONES).map(ZoneInfo)
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)
moments = st.floats(EARLIEST.timestamp(), LATEST.timestamp()).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
hours = st.integers(0, 23)


def test_the_small_hours_belong_to_yesterday() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert local_day(datetime(2026, 3, 2, 2, 59, tzinfo=UTC), paris, 4) == date(2026, 3, 1)
    assert local_day(datetime(2026, 3, 2, 3, 0, tzinfo=UTC), paris, 4) == date(2026, 3, 2)


def test_two_evenings_in_a_row_are_two_days_though_less_than_a_day_apart() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    first = datetime(2026, 3, 2, 20, 0, tzinfo=tokyo)
    second = datetime(2026, 3, 3, 16, 0, tzinfo=tokyo)
    assert local_day(second, tokyo, 4) - local_day(first, tokyo, 4) == timedelta(days=1)


@given(moments, zones, hours)
def test_the_next_day_begins_after_now_and_within_two_days(
    moment: datetime, zone: ZoneInfo, hour: int
) -> None:
    start = next_day_start(moment, zone, hour)
    assert moment < start <= moment + timedelta(days=2)


@given(moments, zones)
def test_when_the_next_day_begins_it_is_another_day(moment: datetime, zone: ZoneInfo) -> None:
    start = next_day_start(moment, zone, 4)
    assert local_day(start, zone, 4) > local_day(moment, zone, 4)


@given(st.dates(date(1990, 1, 1), date(2037, 12, 31)), zones)
def test_a_day_holds_its_own_beginning(day: date, zone: ZoneInfo) -> None:
    start = day_start(day, zone, 4)
    # Where a whole day was left out of the calendar, the day after it begins there.
    assert local_day(start, zone, 4) in {day, day + timedelta(days=1)}


@given(moments, zones, hours)
def test_whoever_stays_lives_every_day_once(moment: datetime, zone: ZoneInfo, hour: int) -> None:
    day = local_day(next_day_start(moment, zone, hour), zone, hour)
    for _ in range(5):
        moment = next_day_start(moment, zone, hour)
        assert local_day(moment, zone, hour) == day
        day = local_day(next_day_start(moment, zone, hour), zone, hour)
        # Only a date that the zone's calendar left out (Samoa, 30 December 2011) is passed over.
        passed = local_day(moment, zone, hour) + timedelta(days=1)
        if day != passed:
            noon = datetime.combine(passed, time(12), tzinfo=zone)
            assert noon.astimezone(UTC).astimezone(zone).date() != passed


@given(moments, st.integers(0, 200_000), zones)
def test_time_never_runs_back_into_yesterday(
    moment: datetime, seconds: int, zone: ZoneInfo
) -> None:
    later = moment + timedelta(seconds=seconds)
    assert local_day(later, zone, 4) >= local_day(moment, zone, 4)


@given(moments, zones, zones, hours)
def test_nobody_loses_or_gains_more_than_the_date_line_allows(
    moment: datetime, home: ZoneInfo, abroad: ZoneInfo, hour: int
) -> None:
    apart = local_day(moment, abroad, hour) - local_day(moment, home, hour)
    assert abs(apart.days) <= 2


@given(moments, st.lists(zones, min_size=2, max_size=8), st.integers(0, 6))
def test_a_traveller_has_each_day_at_most_once_and_none_without_an_end(
    moment: datetime, journey: list[ZoneInfo], hour: int
) -> None:
    lived: list[date] = []
    for zone in journey:
        day = local_day(moment, zone, hour)
        if not lived or day > lived[-1]:
            lived.append(day)
        start = next_day_start(moment, zone, hour)
        assert local_day(start, zone, hour) > day
        assert start - moment <= timedelta(days=2)
        moment = start
    assert lived == sorted(set(lived))
    assert all(later - earlier <= timedelta(days=3) for earlier, later in pairwise(lived))
