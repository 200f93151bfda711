"""A learner's day begins at their own four in the morning, wherever they are."""

from datetime import UTC, date, datetime, timedelta
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
