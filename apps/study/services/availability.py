"""The minutes a learner has for all their exams: a usual week, dates that differ, days off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.study.models import (
    LONGEST_DAY,
    Availability,
    DayMinutes,
    default_week,
    validate_week,
)
from apps.study.services.days import forget_today, today_of

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Time:
    """When one learner studies: minutes from Monday to Sunday, and the dates that differ."""

    week: tuple[int, ...] = field(default_factory=lambda: tuple(default_week()))
    dates: Mapping[date, int] = field(default_factory=dict)

    def minutes(self, day: date) -> int:
        return self.dates.get(day, self.week[day.weekday()])

    def seconds(self, first: date, days: int) -> list[int]:
        """The seconds of `days` days from `first` on."""
        return [60 * self.minutes(first + timedelta(days=n)) for n in range(days)]

    def differing(
        self, *, minutes_per_day: int | None = None, days_off: Iterable[date] = ()
    ) -> "Time":
        """The same learner with other minutes a day, or with more days off."""
        week = self.week if minutes_per_day is None else (minutes_per_day,) * DAYS_OF_A_WEEK
        return Time(week, {**self.dates, **dict.fromkeys(days_off, 0)})

    @property
    def minutes_per_day(self) -> int:
        """The mean of the usual week."""
        return round(sum(self.week) / DAYS_OF_A_WEEK)


def time_of(user: User) -> Time:
    return times_of([user.pk])[user.pk]


def times_of(users: Sequence[int]) -> dict[int, Time]:
    """The time of several learners, by their primary keys, in two queries."""
    weeks = dict(Availability.objects.filter(user__in=users).values_list("user", "weekday_minutes"))
    dates: dict[int, dict[date, int]] = defaultdict(dict)
    for user, day, minutes in DayMinutes.objects.filter(user__in=users).values_list(
        "user", "date", "minutes"
    ):
        dates[user][day] = minutes
    return {user: Time(tuple(weeks.get(user) or default_week()), dates[user]) for user in users}


@transaction.atomic
def set_week(*, user: User, minutes: Sequence[int], now: datetime) -> Time:
    """Set the minutes of a usual week, Monday first; today is planned anew.

    Raises DomainError unless they are seven numbers from 0 to 1440.
    """
    week = list(minutes)
    try:
        validate_week(week)
    except ValidationError as error:
        raise DomainError(str(error.message)) from error
    row, _ = Availability.objects.update_or_create(user=user, defaults={"weekday_minutes": week})
    row.user = user  # whoever holds this person reads the new week from them
    forget_today(user=user, now=now)
    return time_of(user)


def set_minutes_per_day(*, user: User, minutes: int, now: datetime) -> Time:
    """Give every weekday the same minutes; a week that has them on average stays as it is."""
    present = time_of(user)
    if present.minutes_per_day == minutes:
        return present
    return set_week(user=user, minutes=[minutes] * DAYS_OF_A_WEEK, now=now)


@transaction.atomic
def set_day(*, user: User, day: date, minutes: int, now: datetime) -> Time:
    """Give one date other minutes than its weekday has; 0 makes it a day off.

    Raises DomainError for a day that is over and for minutes outside 0 to 1440.
    """
    if day < today_of(user, now):
        raise DomainError("This day is over: choose today or a day to come.")
    if not 0 <= minutes <= LONGEST_DAY:
        raise DomainError("A day has between 0 and 1440 minutes.")
    DayMinutes.objects.update_or_create(user=user, date=day, defaults={"minutes": minutes})
    forget_today(user=user, now=now)
    return time_of(user)


def take_day_off(*, user: User, day: date, now: datetime) -> Time:
    """Study nothing on this date."""
    return set_day(user=user, day=day, minutes=0, now=now)


@transaction.atomic
def make_usual(*, user: User, day: date, now: datetime) -> Time:
    """Give a date the minutes of its weekday again: a day off is taken back."""
    DayMinutes.objects.filter(user=user, date=day).delete()
    forget_today(user=user, now=now)
    return time_of(user)
