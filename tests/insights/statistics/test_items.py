"""Item statistics on worked examples, and against numpy's own correlation."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.insights.statistics.items import (
    ChoiceFigures,
    Figures,
    Flag,
    choice_figures,
    figures,
    flags,
    guess_of_choices,
    guess_of_order,
)

SHARE = st.integers(0, 20).map(lambda n: n / 20)
ANSWERS = st.lists(st.tuples(SHARE, SHARE), min_size=1, max_size=120)


def columns(answers: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [score for score, _ in answers], [rest for _, rest in answers]


def test_a_worked_example() -> None:
    # Five learners. Means .6 and .5; deviations (.4, .4, .4, -.6, -.6) and (.4, .2, -.1, 0, -.5):
    # covariance (.16 + .08 - .04 + 0 + .3) / 5 = .1; variances .24 and .092.
    found = figures([1, 1, 1, 0, 0], [0.9, 0.7, 0.4, 0.5, 0.0], [10, 30, 20, 50, 40])
    assert (found.count, found.seconds) == (5, 30)
    assert found.facility == pytest.approx(0.6)
    assert found.deviation == pytest.approx(0.24**0.5)
    assert found.discrimination == pytest.approx(0.1 / (0.24 * 0.092) ** 0.5)
    # Had the three best on the rest been right: (.16 + .08 + 0 + .06 + .3) / 5 = .12.
    assert found.efficiency == pytest.approx(0.1 / 0.12)


@given(ANSWERS)
def test_discrimination_is_the_correlation_of_item_and_rest(
    answers: list[tuple[float, float]],
) -> None:
    scores, rests = columns(answers)
    assume(np.std(scores) > 1e-9 and np.std(rests) > 1e-9)
    expected = np.corrcoef(scores, rests)[0, 1]
    assert figures(scores, rests).discrimination == pytest.approx(expected, abs=1e-9)


@given(ANSWERS)
def test_what_all_did_alike_does_not_discriminate(answers: list[tuple[float, float]]) -> None:
    scores, rests = columns(answers)
    assert figures([1.0] * len(rests), rests).discrimination is None
    assert figures(scores, [0.5] * len(scores)).efficiency is None


@given(ANSWERS)
def test_no_order_of_the_answers_covaries_more_than_the_best(
    answers: list[tuple[float, float]],
) -> None:
    scores, rests = columns(answers)
    found = figures(scores, rests).efficiency
    assume(found is not None)
    assert found is not None
    assert found <= 1 + 1e-9
    assert figures(sorted(scores), sorted(rests)).efficiency == pytest.approx(1)


@given(ANSWERS, st.randoms())
def test_the_order_of_the_answers_does_not_matter(
    answers: list[tuple[float, float]], luck: object
) -> None:
    shuffled = list(answers)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = figures(*columns(answers)), figures(*columns(shuffled))
    assert other.facility == pytest.approx(one.facility)
    if one.discrimination is None:
        assert other.discrimination is None
    else:
        assert other.discrimination == pytest.approx(one.discrimination)


def test_no_answers_have_no_figures() -> None:
    with pytest.raises(ValueError, match="Each answer"):
        figures([], [])
    with pytest.raises(ValueError, match="Each answer"):
        figures([1], [])


def test_choices_are_counted_by_thirds_of_the_rest() -> None:
    # Nine learners from the lowest to the best; the best three choose 0, 0 and 2.
    chosen = [{1}, {1}, {0}, {0}, {2}, set(), {0}, {0}, {2}]
    rests = [n / 10 for n in range(9)]
    right, wrong, tempting = choice_figures(chosen, rests, 3)
    assert right == ChoiceFigures(4, 4 / 9, 2 / 3, 1 / 3)
    assert (wrong.count, wrong.best, wrong.lowest) == (2, 0, 2 / 3)
    assert (tempting.count, tempting.best) == (2, 1 / 3)


@given(st.lists(st.tuples(st.frozensets(st.integers(0, 4)), SHARE), max_size=60))
def test_counts_of_choices_add_up(answers: list[tuple[frozenset[int], float]]) -> None:
    chosen, rests = [each for each, _ in answers], [rest for _, rest in answers]
    found = choice_figures(chosen, rests, 5)
    assert sum(each.count for each in found) == sum(map(len, chosen))
    assert all(0 <= share <= 1 for each in found for share in (each.share, each.best, each.lowest))


def told(**changed: Any) -> Figures:
    usual: dict[str, Any] = {
        "count": 50,
        "facility": 0.6,
        "deviation": 0.49,
        "discrimination": 0.3,
        "efficiency": 0.4,
        "seconds": 40,
    }
    return Figures(**(usual | changed))


@pytest.mark.parametrize(
    ("changed", "raised"),
    [
        ({}, []),
        ({"facility": 0.24}, [Flag.HARD]),
        ({"facility": 0.96}, [Flag.EASY]),
        ({"discrimination": 0.09}, [Flag.WEAK]),
        ({"discrimination": -0.01}, [Flag.CHECK_KEY]),
        ({"discrimination": None}, []),
        ({"facility": 0.2, "discrimination": -0.3}, [Flag.CHECK_KEY, Flag.HARD]),
        ({"facility": 0.2, "discrimination": -0.3, "count": 49}, []),
    ],
)
def test_a_question_is_flagged_from_fifty_answers(
    changed: dict[str, object], raised: list[Flag]
) -> None:
    assert flags(told(**changed)) == raised


def test_wrong_choices_are_flagged_where_nobody_or_the_best_choose_them() -> None:
    key, fair = ChoiceFigures(30, 0.6, 0.7, 0.4), ChoiceFigures(15, 0.3, 0.2, 0.4)
    dead, tempting = ChoiceFigures(2, 0.04, 0, 0.1), ChoiceFigures(15, 0.3, 0.8, 0.1)
    assert flags(told(), [key, fair], {0}) == []
    assert flags(told(), [key, fair, dead], {0}) == [Flag.DEAD]
    assert flags(told(), [key, tempting], {0}) == [Flag.MISLEADING]


def test_a_guess_earns_what_chance_gives() -> None:
    assert guess_of_choices(4, 1) == 0.25
    assert guess_of_choices(5, 2) == 0.1
    assert guess_of_choices(2, 1) == 0.5
    assert guess_of_choices(0, 0) == guess_of_choices(3, 0) == 0
    assert guess_of_order(4) == pytest.approx(1 / 24)
    assert guess_of_order(0) == 0
