"""What people type about their time and their plan, checked and worded for them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.study.models import LONGEST_DAY

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_AWAY = 366


def date_field(label: str, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def minutes_field(label: str, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=LONGEST_DAY)


class WhatIfForm(forms.Form):
    """Another date, other minutes or days away: what would become of the score?"""

    minutes_per_day = minutes_field("Minutes a day", required=False)
    exam_date = date_field("Date of the exam")
    away_from = date_field("Away from")
    away_to = date_field("Away until")

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today

    def clean_exam_date(self) -> date | None:
        chosen: date | None = self.cleaned_data["exam_date"]
        if chosen and chosen <= self.today:
            raise ValidationError("Choose a day that is still to come.")
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("away_from"), cleaned.get("away_to")
        if first and last and last < first:
            self.add_error("away_to", "This is before you leave.")
        elif first and last and (last - first).days > LONGEST_AWAY:
            self.add_error("away_to", "Choose a year at most.")
        elif bool(first) != bool(last) and not self.errors:
            self.add_error("away_to" if first else "away_from", "Give both days, or neither.")
        return cleaned

    @property
    def days_off(self) -> list[date]:
        """The days to come of the time away."""
        first, last = self.cleaned_data["away_from"], self.cleaned_data["away_to"]
        if not first or not last:
            return []
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if day >= self.today]

    def asks_something(self) -> bool:
        return any(self.cleaned_data.values())


class WeekForm(forms.Form):
    """The minutes of a usual week, a field for each weekday."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WEEKDAYS:
            self.fields[name.lower()] = minutes_field(name)

    @property
    def minutes(self) -> list[int]:
        return [self.cleaned_data[name.lower()] for name in WEEKDAYS]


class DayForm(forms.Form):
    """A date that differs from the usual week."""

    date = date_field("Date", required=True)
    minutes = minutes_field("Minutes on it")


class ForgetForm(forms.Form):
    """A date that shall be as usual again."""

    date = date_field("Date", required=True)
