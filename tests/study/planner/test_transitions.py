"""Memory on columns is the same memory as one prompt's: FSRS-6 has one arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.fsrs import DEFAULT_PARAMETERS, Memory, next_memory, retrievability
from apps.study.planner.prompts import Learner, Pace
from apps.study.planner.transitions import (
    GRID,
    next_difficulty,
    next_stability,
    outcomes,
    recall,
    same_day_stability,
    transitions,
)

CLOSE = 1e-9
memories = st.lists(
    st.tuples(st.floats(0.01, 5000), st.floats(1, 10), st.integers(0, 400)), min_size=1, max_size=20
)
parameters = st.tuples(*(st.floats(0.8 * usual, 1.2 * usual) for usual in DEFAULT_PARAMETERS))


@given(memories, st.integers(1, 4), parameters)
def test_a_column_of_answers_leaves_what_each_answer_leaves_by_itself(
    known: list[tuple[float, float, int]], rating: int, w: tuple[float, ...]
) -> None:
    one_by_one = [next_memory(Memory(s, d), rating, days, w) for s, d, days in known]
    stability, difficulty, days = (
        np.array(column, dtype=float) for column in zip(*known, strict=True)
    )
    chance = recall(days, stability, w)
    together = np.where(
        days == 0,
        same_day_stability(stability, rating, w),
        next_stability(stability, difficulty, chance, rating, w),
    )
    assert together == pytest.approx([m.stability for m in one_by_one], rel=CLOSE)
    assert next_difficulty(difficulty, rating, w) == pytest.approx(
        [m.difficulty for m in one_by_one], rel=CLOSE
    )
    assert chance == pytest.approx([retrievability(s, days, w) for s, _, days in known], rel=CLOSE)


@given(memories, st.sampled_from([0.4, 1.0, 2.5]))
def test_what_an_answer_may_lead_to_is_certain_to_be_one_of_the_four_ratings(
    known: list[tuple[float, float, int]], scale: float
) -> None:
    stability, difficulty, days = (
        np.array(column, dtype=float) for column in zip(*known, strict=True)
    )
    chances = sum(
        share for share, _, _ in outcomes(stability, difficulty, days, Learner(scale=scale))
    )
    assert chances == pytest.approx(1)


def test_every_move_on_the_grid_leads_somewhere() -> None:
    moves = transitions(Learner())
    assert moves.moves.sum(axis=2) == pytest.approx(1, abs=1e-5)
    assert moves.first.sum() == pytest.approx(1, abs=1e-5)


def test_a_slow_learner_is_charged_more_for_what_is_forgotten() -> None:
    quick, slow = transitions(Learner()), transitions(Learner(pace=Pace(failed=72)))
    assert (slow.seconds > quick.seconds).all()


@given(st.floats(0.05, 1000), st.floats(1, 10))
def test_a_state_between_grid_points_is_the_mean_of_its_neighbours(
    stability: float, difficulty: float
) -> None:
    states, weights = GRID.corners(np.array([stability]), np.array([difficulty]))
    points, hardness = GRID.states()
    assert weights.sum() == pytest.approx(1)
    assert np.log(points[states]).T @ weights[:, 0] == pytest.approx([np.log(stability)])
    assert hardness[states].T @ weights[:, 0] == pytest.approx([difficulty])
