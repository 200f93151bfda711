"""When the prompts a learner has met come due, as their memory stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from apps.insights.knowledge import Knowledge

DAYS = 30


@dataclass(frozen=True)
class DueDay:
    """A day with the prompts that come due on it; the first also has all that are overdue."""

    day: date
    due: int


@dataclass(frozen=True)
class DueForecast:
    """The days ahead. `overdue` are prompts that were due before the first of them."""

    days: Sequence[DueDay]
    overdue: int
    later: int

    @property
    def total(self) -> int:
        return sum(each.due for each in self.days)


def forecast_of(known: Sequence[Knowledge], days: int = DAYS) -> DueForecast:
    """What comes due in the exams of one learner, together. New prompts are not counted."""
    due = [each.due[each.met] for each in known]
    waiting = np.concatenate(due) if due else np.zeros(0, np.int64)
    soon = np.maximum(waiting[waiting < days], 0)
    first = known[0].day if known else date.min
    return DueForecast(
        days=[
            DueDay(first + timedelta(days=n), int(count))
            for n, count in enumerate(np.bincount(soon, minlength=days))
        ],
        overdue=int((waiting < 0).sum()),
        later=int((waiting >= days).sum()),
    )
