"""What a memory is worth rises with stability, with time to use it, and as study gets cheaper."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.study.planner.prompts import Exam, FloatArray, Prompts
from apps.study.planner.table import WEIGHT_CLASSES, terms_of, value_table, weight_classes
from apps.study.planner.transitions import GRID
from tests.study.planner.learners import exam

ROUNDING = 2e-3
"""What interpolation between grid points may cost."""
prices = st.floats(1e-6, 0.05)


def values(days: int, price: float) -> FloatArray:
    """(T, N) for a prompt that is the whole exam."""
    alone = Prompts.of(weight=[1], stability=[np.nan], difficulty=[np.nan], elapsed=[0])
    table = value_table(terms_of(Exam(alone, days)), np.full(days, price))
    return np.asarray(table.values[:, 0], dtype=float)


@given(prices)
def test_a_more_stable_memory_is_worth_at_least_as_much(price: float) -> None:
    by_difficulty = values(40, price).reshape(40, len(GRID.difficulties), len(GRID.stabilities))
    assert (np.diff(by_difficulty, axis=2) >= -ROUNDING).all()


@given(prices)
def test_the_nearer_the_exam_the_more_a_memory_is_worth_that_will_not_be_asked_again(
    price: float,
) -> None:
    one = exam(days=30)
    terms = terms_of(one)
    never = value_table(terms, np.full(30, np.inf)).values
    assert (np.diff(never, axis=0) >= 0).all()
    assert (value_table(terms, np.full(30, price)).values >= never).all()


@given(prices, st.floats(1.01, 10))
def test_dearer_time_never_makes_a_memory_worth_more(price: float, times: float) -> None:
    assert (values(30, price * times) <= values(30, price) + 1e-5).all()


@given(prices)
def test_more_days_to_come_back_to_it_never_make_a_fresh_memory_worth_less_than_forgetting(
    price: float,
) -> None:
    table = values(60, price)
    assert (table >= terms_of(exam(days=60)).end - 1e-5).all()
    assert (table <= 1 + 1e-5).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_prompts_of_one_class_weigh_about_the_same(weights: list[float]) -> None:
    column = np.array(weights)
    classes, kinds = weight_classes(column)
    assert len(classes) <= max(WEIGHT_CLASSES, 1)
    heavy = column > 1e-3 * column.max()
    assert (classes[kinds][heavy] / column[heavy] == pytest.approx(1, rel=0.7)) or column.max() == 0
