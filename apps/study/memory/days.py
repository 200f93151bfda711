"""Study days: a learner's own calendar, whose days begin at a rollover hour such as 4 a.m."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def local_day(moment: datetime, zone: tzinfo, rollover_hour: int) -> date:
    """The study day that `moment` (aware) falls on for somebody in `zone`.

    Read off the wall clock: at 3:59 it is still yesterday, also where clocks change.
    """
    wall = moment.astimezone(zone)
    day = wall.date()
    return day if wall.hour >= rollover_hour else day - timedelta(days=1)


def day_start(day: date, zone: tzinfo, rollover_hour: int) -> datetime:
    """The moment (UTC) at which the study day `day` begins.

    A rollover hour that the clocks jump over is read with the offset before the jump, which is
    the first moment after it.
    """
    return datetime.combine(day, time(rollover_hour), tzinfo=zone).astimezone(UTC)


def next_day_start(moment: datetime, zone: tzinfo, rollover_hour: int) -> datetime:
    """The first moment (UTC) after `moment` at which a study day begins."""
    day = local_day(moment, zone, rollover_hour)
    start = day_start(day + timedelta(days=1), zone, rollover_hour)
    return start if start > moment else day_start(day + timedelta(days=2), zone, rollover_hour)
