"""What was measured beside what was predicted: points with their bounds, and a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.web.charts.scale import Scale, Tick, across, spread_evenly, upwards

MOST_LABELS = 5
MIDDLE = 0.5
TICKS = 5


@dataclass(frozen=True)
class Measured:
    """A measured share (0 to 1) with its bounds, the predicted one, and how many it rests on."""

    label: str
    value: float
    low: float
    high: float
    predicted: float
    count: int


@dataclass(frozen=True)
class Mark:
    """A point with the line through its bounds, in units of the drawing."""

    x: float
    y: float
    top: float
    bottom: float
    words: str


@dataclass(frozen=True)
class VersusChart:
    """What `charts/versus.html` draws; the points stand below it again as a table."""

    title: str
    summary: str
    points: Sequence[Measured]
    marks: Sequence[Mark]
    line: str
    across: list[Tick]
    up: list[Tick]


def versus_chart(title: str, summary: str, points: Sequence[Measured]) -> VersusChart:
    """Lay the points out from left to right; the axis begins at a half where all lie above."""
    least = min((min(point.low, point.predicted) for point in points), default=0)
    bottom = MIDDLE if least >= MIDDLE else 0.0
    x, y = across(-MIDDLE, max(len(points), 1) - MIDDLE), upwards(bottom, 1)
    return VersusChart(
        title=title,
        summary=summary,
        points=points,
        marks=[mark(point, x(i), y) for i, point in enumerate(points)],
        line=" ".join(f"{x(i)},{y(point.predicted)}" for i, point in enumerate(points)),
        across=[Tick(x(i), points[i].label) for i in spread_evenly(len(points), MOST_LABELS)],
        up=[
            Tick(y(share), f"{share * 100:g} %")
            for share in (bottom + (1 - bottom) * n / (TICKS - 1) for n in range(0, TICKS, 2))
        ],
    )


def mark(point: Measured, x: float, y: Scale) -> Mark:
    words = f"{point.label}: {point.value:.0%} of {point.count}, predicted {point.predicted:.0%}"
    return Mark(x, y(point.value), y(point.high), y(point.low), words.replace("%", " %"))
