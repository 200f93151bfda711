"""Which study day it is for a learner, and forgetting its plan when something changed it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from apps.accounts.models import User
from apps.study.memory.replay import Calendar
from apps.study.models import DailyPlan


def calendar_of(user: User) -> Calendar:
    return Calendar(ZoneInfo(user.time_zone), user.day_start_hour)


def today_of(user: User, now: datetime) -> date:
    """The learner's present study day."""
    return calendar_of(user).day(now)


def forget_today(*, user: User, now: datetime) -> None:
    """Have today planned anew when it is next looked at, for all exams of the learner.

    What was answered today stays answered: the next plan asks only for what is left.
    """
    DailyPlan.objects.filter(enrolment__user=user, day=today_of(user, now)).delete()
