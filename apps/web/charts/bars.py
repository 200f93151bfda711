"""A bar for each day or group: how much there is of something."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.web.charts.scale import (
    BOTTOM,
    HEIGHT,
    Tick,
    across,
    round_top,
    spread_evenly,
    upwards,
)

MOST_LABELS = 5
GAP = 0.2


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, how high it is, and the same in words."""

    label: str
    value: float
    words: str


@dataclass(frozen=True)
class Column:
    """A bar's rectangle, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class BarChart:
    """What `charts/bars.html` draws; the bars stand below it again as a table."""

    title: str
    summary: str
    bars: Sequence[Bar]
    columns: list[Column]
    across: list[Tick]
    up: list[Tick]


def bar_chart(title: str, summary: str, bars: Sequence[Bar], *, unit: str = "") -> BarChart:
    """Stand the bars beside each other on an axis that begins at 0."""
    top = round_top(max((bar.value for bar in bars), default=0))
    x = across(0, max(len(bars), 1))
    y = upwards(0, top)
    return BarChart(
        title=title,
        summary=summary,
        bars=bars,
        columns=[
            Column(
                x=x(i + GAP / 2),
                y=y(bar.value),
                width=round(x(i + 1 - GAP) - x(i), 1),
                height=round(HEIGHT - BOTTOM - y(bar.value), 1),
                words=f"{bar.label}: {bar.words}",
            )
            for i, bar in enumerate(bars)
        ],
        across=[Tick(x(i + 0.5), bars[i].label) for i in spread_evenly(len(bars), MOST_LABELS)],
        up=[Tick(y(share * top), f"{share * top:g}{unit}") for share in (0, 0.5, 1)],
    )
