"""Days as squares, a column for each week: the busier a day, the darker its square."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from apps.web.charts.scale import Tick

SIZE, STEP = 11, 13
LEFT, TOP = 30, 18
LEVELS = 4
WEEK = 7
WEEKDAYS = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
FEWEST_WEEKS_OF_A_LABEL = 3
WIDEST_ON_A_PHONE = 400
ZOOM = 1.6
"""A unit of the drawing is this many pixels, where the page is wide enough."""


@dataclass(frozen=True)
class DayCell:
    """A day, how much was done on it, and the same in words."""

    day: date
    value: float
    words: str


@dataclass(frozen=True)
class Square:
    x: int
    y: int
    level: int
    words: str


@dataclass(frozen=True)
class WeekRow:
    """A week as the table below the drawing tells it: its first day and its days in words."""

    first: date
    days: Sequence[str]


@dataclass(frozen=True)
class HeatMap:
    """What `charts/heatmap.html` draws; the weeks stand below it again as a table."""

    title: str
    summary: str
    width: int
    height: int
    pixels: int
    squares: Sequence[Square]
    months: Sequence[Tick]
    weekdays: Sequence[Tick]
    weeks: Sequence[WeekRow]

    @property
    def is_long(self) -> bool:
        """Whether a phone can only show the end of it."""
        return self.pixels > WIDEST_ON_A_PHONE


def heat_map(title: str, summary: str, days: Sequence[DayCell]) -> HeatMap:
    """Lay out days that follow each other, the oldest first."""
    if not days:
        return HeatMap(title, summary, LEFT, TOP, 0, [], [], [], [])
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    columns = (days[-1].day - monday).days // WEEK + 1
    darkest = usual_most([each.value for each in days])
    width, height = LEFT + columns * STEP, TOP + WEEK * STEP
    return HeatMap(
        title=title,
        summary=summary,
        width=width,
        height=height,
        pixels=round(width * ZOOM),
        squares=[
            Square(
                x=LEFT + (each.day - monday).days // WEEK * STEP,
                y=TOP + each.day.weekday() * STEP,
                level=level_of(each.value, darkest),
                words=f"{date_format(each.day, 'j M Y')}: {each.words}",
            )
            for each in days
        ],
        months=months_from(monday, columns),
        weekdays=[Tick(TOP + row * STEP + SIZE / 2, name) for row, name in WEEKDAYS],
        weeks=weeks_of(days),
    )


def usual_most(values: Sequence[float]) -> float:
    """What a busy day comes to: nine in ten of the days with anything stay below it."""
    busy = sorted(value for value in values if value > 0)
    return busy[int(0.9 * (len(busy) - 1))] if busy else 0.0


def level_of(value: float, darkest: float) -> int:
    """From 0 for nothing to `LEVELS` for a busy day."""
    if value <= 0:
        return 0
    return min(int(LEVELS * value / darkest - 1e-9) + 1, LEVELS)


def months_from(monday: date, columns: int) -> list[Tick]:
    """The name of each month above the first week that begins in it, where there is room."""
    found: list[tuple[int, date]] = []
    for column in range(columns):
        first = monday + timedelta(weeks=column)
        if not found or first.month != found[-1][1].month:
            found.append((column, first))
    last = columns - FEWEST_WEEKS_OF_A_LABEL
    if len(found) > 1 and found[1][0] < FEWEST_WEEKS_OF_A_LABEL:
        found = found[1:]
    return [
        Tick(LEFT + column * STEP, date_format(first, "M"))
        for column, first in found
        if column <= max(last, 0)
    ]


def weeks_of(days: Sequence[DayCell]) -> list[WeekRow]:
    """The days that have anything, in words, by weeks; the newest week first."""
    weeks: dict[date, list[str]] = {}
    for each in days:
        if each.value > 0:
            monday = each.day - timedelta(days=each.day.weekday())
            weeks.setdefault(monday, []).append(f"{date_format(each.day, 'D')}: {each.words}")
    return [WeekRow(first, words) for first, words in sorted(weeks.items(), reverse=True)]
