"""Charts: what is drawn lies inside the drawing and stands beside it in words."""

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from apps.web.charts.bars import Bar, bar_chart
from apps.web.charts.line import Point, line_chart
from apps.web.charts.scale import HEIGHT, WIDTH, round_top

SHARES = st.floats(0, 1)


def places(text: str) -> list[tuple[float, float]]:
    pairs = [pair.split(",") for pair in text.split()]
    return [(float(x), float(y)) for x, y in pairs]


@given(st.lists(st.tuples(SHARES, SHARES, SHARES).map(sorted), max_size=120))
def test_a_line_runs_from_left_to_right_within_its_band(values: list[list[float]]) -> None:
    points = [Point(f"day {i}", value, low, high) for i, (low, value, high) in enumerate(values)]
    chart = line_chart("Forecast", "rising", points)
    line = places(chart.line)
    band = places(chart.band)
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line + band)
    for i, (_, y) in enumerate(line):
        assert band[i][1] <= y <= band[len(band) - 1 - i][1]


@given(st.lists(st.floats(0, 1e6), max_size=60))
def test_bars_stand_on_the_ground_and_the_highest_fits(values: list[float]) -> None:
    bars = [Bar(f"day {i}", value, f"{value:.0f} cards") for i, value in enumerate(values)]
    chart = bar_chart("Load", "uneven", bars)
    grounds = {round(column.y + column.height, 1) for column in chart.columns}
    assert len(grounds) <= 1
    assert all(column.y >= 0 and column.height >= 0 for column in chart.columns)


@given(st.floats(1e-3, 1e9))
def test_an_axis_ends_on_the_next_round_number(value: float) -> None:
    top = round_top(value)
    assert value <= top <= value * 10


@given(st.floats(0, 1e-9, exclude_max=True))
def test_an_axis_of_next_to_nothing_is_still_one(value: float) -> None:
    assert round_top(value) == 1


def test_who_cannot_see_the_curve_reads_it_as_a_table() -> None:
    points = [Point("21 Nov", 0.42, 0.36, 0.48), Point("5 Dec", 0.81, 0.7, 0.9)]
    html = render_to_string("charts/line.html", {"chart": line_chart("Score", "It rises", points)})
    assert "<td>5 Dec</td><td>81 %</td><td>70 % and 90 %</td>" in html
    assert 'aria-label="It rises"' in html


def test_what_falls_short_of_everything_is_never_called_everything() -> None:
    points = [Point("21 Nov", 0.998, 0.99, 1)]
    html = render_to_string("charts/line.html", {"chart": line_chart("Score", "High", points)})
    assert "<td>99 %</td>" in html
    assert "99 % and 100 %" in html


def test_each_bar_is_named_in_words() -> None:
    bars = [Bar("Mon", 12, "12 cards, 3 min"), Bar("Tue", 0, "a day off")]
    html = render_to_string("charts/bars.html", {"chart": bar_chart("Load", "Even", bars)})
    assert "Mon: 12 cards, 3 min" in html
    assert '<th scope="row">Tue</th><td>a day off</td>' in html
