"""A line with the band it may lie in: how a quantity between 0 and 1 runs over the days."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.web.charts.scale import Tick, across, spread_evenly, upwards

MOST_LABELS = 5
EVERY = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Point:
    """A value (0 to 1) with the bounds it likely lies in, and the day it is for in words."""

    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class LineChart:
    """What `charts/line.html` draws; the points stand below it again as a table."""

    title: str
    summary: str
    points: Sequence[Point]
    line: str
    band: str
    across: list[Tick]
    up: list[Tick]


def line_chart(title: str, summary: str, points: Sequence[Point]) -> LineChart:
    """Lay the points out from left to right; `summary` says in words what is seen."""
    x = across(0, max(len(points) - 1, 0))
    y = upwards(0, 1)
    lower = [f"{x(i)},{y(point.low)}" for i, point in enumerate(points)]
    upper = [f"{x(i)},{y(point.high)}" for i, point in enumerate(points)]
    return LineChart(
        title=title,
        summary=summary,
        points=points,
        line=" ".join(f"{x(i)},{y(point.value)}" for i, point in enumerate(points)),
        band=" ".join([*upper, *reversed(lower)]),
        across=[Tick(x(i), points[i].label) for i in spread_evenly(len(points), MOST_LABELS)],
        up=[Tick(y(share), f"{share:.0%}".replace("%", " %")) for share in EVERY],
    )
