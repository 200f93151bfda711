"""Squares for days, and points beside a prediction: within the drawing, and in words."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from apps.web.charts.heatmap import LEVELS, DayCell, heat_map
from apps.web.charts.scale import HEIGHT, WIDTH
from apps.web.charts.versus import Measured, versus_chart
from apps.web.templatetags.insights import amount, chance, duration

FIRST = date(2026, 1, 1)


def days(values: list[int], first: date = FIRST) -> list[DayCell]:
    return [
        DayCell(first + timedelta(days=n), value, f"{value} answers")
        for n, value in enumerate(values)
    ]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=400), st.dates(FIRST))
def test_each_day_has_its_square_within_the_drawing(values: list[int], first: date) -> None:
    first = min(first, date(9000, 1, 1))
    chart = heat_map("Days", "Some", days(values, first))
    places = {(square.x, square.y) for square in chart.squares}
    assert len(places) == len(values)
    assert all(0 <= x < chart.width and 0 <= y < chart.height for x, y in places)
    assert all(tick.at < chart.width for tick in chart.months)
    for square, value in zip(chart.squares, values, strict=True):
        assert (square.level > 0) == (value > 0)
        assert square.level <= LEVELS


@given(st.lists(st.integers(1, 500), min_size=2, max_size=60))
def test_a_busier_day_is_never_paler(values: list[int]) -> None:
    levels = [square.level for square in heat_map("Days", "Some", days(values)).squares]
    ranked = sorted(zip(values, levels, strict=True))
    assert [level for _, level in ranked] == sorted(levels)


def test_the_weeks_stand_below_in_words() -> None:
    chart = heat_map("Days", "Some", days([0, 3, 0, 0, 5]))
    html = render_to_string("charts/heatmap.html", {"chart": chart})
    assert '<th scope="row">29 Dec 2025</th><td>Fri: 3 answers</td>' in html
    assert '<th scope="row">5 Jan 2026</th><td>Mon: 5 answers</td>' in html
    assert "<title>2 Jan 2026: 3 answers</title>" in html


def test_no_day_draws_nothing() -> None:
    assert heat_map("Days", "None", []).squares == []


SHARES = st.floats(0, 1)


@given(st.lists(st.tuples(SHARES, SHARES, SHARES, SHARES), max_size=40))
def test_points_lie_within_their_bounds_and_the_drawing(
    values: list[tuple[float, float, float, float]],
) -> None:
    points = []
    for n, (one, two, three, predicted) in enumerate(values):
        low, value, high = sorted((one, two, three))
        points.append(Measured(f"week {n}", value, low, high, predicted, 10))
    chart = versus_chart("Retention", "Fair", points)
    for mark in chart.marks:
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.top <= mark.y <= mark.bottom <= HEIGHT


def test_an_axis_may_begin_at_a_half() -> None:
    high = versus_chart("Retention", "", [Measured("w", 0.9, 0.8, 0.95, 0.9, 10)])
    low = versus_chart("Retention", "", [Measured("w", 0.9, 0.4, 0.95, 0.9, 10)])
    assert [tick.label for tick in high.up] == ["50 %", "75 %", "100 %"]
    assert [tick.label for tick in low.up] == ["0 %", "50 %", "100 %"]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.9996, "over 99 %"),
        (0.0004, "under 1 %"),
        (0.99, "about 99 %"),
        (0.02, "about 1 %"),
        (0.63, "about 65 %"),
    ],
)
def test_a_chance_is_said_no_finer_than_it_is_known(share: float, said: str) -> None:
    assert chance(share) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (40, "40 s"), (750, "12 min"), (11100, "3 h 5 min")]
)
def test_times_read_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_one_thing_is_no_plural() -> None:
    assert (amount(1, "day"), amount(1200, "day")) == ("1 day", "1,200 days")
