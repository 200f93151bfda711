"""FSRS-6, to the digit."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import fsrs as py_fsrs
import fsrs_rs_python as fsrs_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.fsrs import (
    DEFAULT_PARAMETERS,
    MAX_STABILITY,
    Memory,
    Rating,
    interval_days,
    next_memory,
    retrievability,
)

VECTORS = json.loads((Path(__file__).parent / "fsrs_vectors.json").read_text())
# Between the bounds that both other implementations hold the parameters to.
LOWEST = (0.01, 0.01, 0.01, 0.01, 1, 0.01, 0.01, 0.001, 0, 0, 0.01, 0.01, 0.01, 0.01, 0, 0.05, 1,
          0, 0, 0.01, 0.1)  # fmt: skip
HIGHEST = (100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5, 5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8,
           0.8)  # fmt: skip
around_the_defaults = st.tuples(
    *(
        st.floats(max(low, 0.7 * usual), min(high, max(1.4 * usual, low)))
        for low, usual, high in zip(LOWEST, DEFAULT_PARAMETERS, HIGHEST, strict=True)
    )
)
histories = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 500)), min_size=1, max_size=12)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_it_agrees_with_published_histories(vector: dict[str, Any]) -> None:
    memory = None
    for review, expected in zip(vector["reviews"], vector["expect"], strict=True):
        memory = next_memory(memory, review["rating"], review["elapsed_days"], vector["params"])
        days = interval_days(memory.stability, vector["desired_retention"], vector["params"])
        assert memory.stability == pytest.approx(expected["stability"], rel=1e-5)
        assert memory.difficulty == pytest.approx(expected["difficulty"], abs=1e-5)
        assert days == expected["interval_days"]


@given(histories, around_the_defaults, st.floats(0.7, 0.97))
def test_it_agrees_with_py_fsrs_on_any_history(
    history: list[tuple[int, int]], parameters: tuple[float, ...], retention: float
) -> None:
    scheduler = py_fsrs.Scheduler(
        parameters=parameters,
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
    card = py_fsrs.Card()
    moment = py_fsrs.Card().due
    memory: Memory | None = None
    for rating, days in history:
        moment += timedelta(days=days)
        card, _ = scheduler.review_card(card, py_fsrs.Rating(rating), moment)
        memory = next_memory(memory, rating, days, parameters)
        if card.stability is not None and card.stability > MAX_STABILITY:
            return  # py-fsrs knows no upper bound
        assert memory.stability == pytest.approx(card.stability, rel=1e-9)
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9)
        assert interval_days(memory.stability, retention, parameters) == (card.due - moment).days


@given(histories, around_the_defaults, st.floats(0.7, 0.97))
def test_it_agrees_with_fsrs_rs_on_any_history(
    history: list[tuple[int, int]], parameters: tuple[float, ...], retention: float
) -> None:
    model = fsrs_rs.FSRS(list(parameters))
    theirs: Any = None
    memory: Memory | None = None
    for rating, days in history:
        elapsed = days if memory else 0
        states = model.next_states(theirs, retention, elapsed)
        answered = [states.again, states.hard, states.good, states.easy][rating - 1]
        memory = next_memory(memory, rating, elapsed, parameters)
        # fsrs-rs reckons in f32: each step is judged from the same state, as errors add up, and
        # a tenth of a second is allowed where it subtracts two nearly equal numbers.
        expected = pytest.approx(answered.memory.stability, rel=1e-5, abs=1e-6)
        assert memory.stability == expected
        assert memory.difficulty == pytest.approx(answered.memory.difficulty, abs=1e-5)
        exact = ideal_days(memory.stability, retention, parameters)
        if abs(exact % 1 - 0.5) > 1e-4 + 1e-5 * exact:  # near a half, f32 may round otherwise
            days_of_ours = interval_days(memory.stability, retention, parameters)
            assert days_of_ours == min(max(round(answered.interval), 1), 36_500)
        theirs = answered.memory
        memory = Memory(theirs.stability, theirs.difficulty)


def ideal_days(stability: float, retention: float, parameters: tuple[float, ...]) -> float:
    decay = -parameters[20]
    return float(stability / (0.9 ** (1 / decay) - 1) * (retention ** (1 / decay) - 1))


@given(histories)
def test_memory_stays_within_its_bounds(history: list[tuple[int, int]]) -> None:
    memory: Memory | None = None
    for rating, days in history:
        memory = next_memory(memory, rating, days)
        assert 0.001 <= memory.stability <= MAX_STABILITY
        assert 1 <= memory.difficulty <= 10


@given(st.floats(0.01, 1000), st.floats(0, 5000), st.floats(0.1, 5000))
def test_recall_fades_with_time(stability: float, days: float, more: float) -> None:
    assert retrievability(stability, days + more) < retrievability(stability, days)


@given(st.floats(0.01, 1000))
def test_recall_is_nine_in_ten_after_the_stability(stability: float) -> None:
    assert retrievability(stability, stability) == pytest.approx(0.9)


@given(st.floats(0.1, 1000), st.floats(0.7, 0.98))
def test_a_higher_wish_for_recall_never_means_a_longer_interval(
    stability: float, retention: float
) -> None:
    assert interval_days(stability, retention + 0.01) <= interval_days(stability, retention)


@pytest.mark.parametrize(
    ("rating", "days", "parameters"),
    [(0, 1, DEFAULT_PARAMETERS), (5, 1, DEFAULT_PARAMETERS), (3, -1, DEFAULT_PARAMETERS),
     (3, 1, DEFAULT_PARAMETERS[:19])],
)  # fmt: skip
def test_impossible_input_is_refused(rating: int, days: int, parameters: tuple[float, ...]) -> None:
    with pytest.raises(ValueError):
        next_memory(Memory(5, 5), rating, days, parameters)


def test_failing_is_never_better_than_recalling() -> None:
    memory = Memory(stability=10, difficulty=5)
    after = [next_memory(memory, rating, 10).stability for rating in Rating]
    assert after == sorted(after)
