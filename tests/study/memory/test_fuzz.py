"""Prompts learnt together do not stay together, and every device draws the same day."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.fsrs import MAX_INTERVAL
from apps.study.memory.fuzz import fraction, fuzz_bounds, fuzzed, prompt_seed

intervals = st.floats(0.1, 40_000)


@pytest.mark.parametrize(
    ("interval", "bounds"),
    [(1, (1, 1)), (2, (2, 2)), (2.4, (2, 2)), (3, (2, 4)), (7, (5, 9)), (20, (17, 23)),
     (100, (93, 107)), (365, (345, 385))],
)  # fmt: skip
def test_the_bounds_are_those_that_anki_uses(interval: float, bounds: tuple[int, int]) -> None:
    assert fuzz_bounds(interval) == bounds


@given(intervals, st.floats(0, 1, exclude_max=True), st.integers(1, MAX_INTERVAL))
def test_no_draw_leaves_the_bounds(interval: float, draw: float, longest: int) -> None:
    lowest, highest = fuzz_bounds(interval, longest)
    assert 1 <= lowest <= fuzzed(interval, draw, longest) <= highest <= longest


def test_every_day_within_the_bounds_is_as_likely_as_the_others() -> None:
    draws = Counter(fuzzed(7, fraction(prompt_seed(uuid4(), 0), 1)) for _ in range(20_000))
    assert set(draws) == {5, 6, 7, 8, 9}
    assert min(draws.values()) > 3_700
    assert max(draws.values()) < 4_300


@given(st.uuids(), st.integers(0, 50), st.integers(0, 500))
def test_a_draw_belongs_to_the_prompt_and_its_count_of_answers(
    card: UUID, ordinal: int, reps: int
) -> None:
    seed = prompt_seed(card, ordinal)
    assert 0 <= seed < 2**63
    assert 0 <= fraction(seed, reps) < 1
    assert fraction(seed, reps) == fraction(prompt_seed(UUID(str(card)), ordinal), reps)
    assert fraction(seed, reps) != fraction(seed, reps + 1)
    assert seed != prompt_seed(card, ordinal + 1)
