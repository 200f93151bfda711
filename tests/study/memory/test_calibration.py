"""One number tells how a learner's memory compares with the published parameters."""

import json
import random
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.study.memory.calibration import LOG_SCALES, Calibration, evidence_of
from apps.study.memory.fsrs import DEFAULT_PARAMETERS, retrievability

reviews = st.lists(
    st.tuples(st.floats(0.05, 3000), st.integers(0, 900), st.booleans()), max_size=40
)
Reviews = list[tuple[float, int, bool]]


def after(log_of_reviews: Reviews) -> Calibration:
    known = Calibration.prior()
    for stability, elapsed, recalled in log_of_reviews:
        known = known.updated(stability, elapsed, recalled, DEFAULT_PARAMETERS)
    return known


def test_nothing_is_known_at_first() -> None:
    assert Calibration.prior().scale == pytest.approx(1)
    assert Calibration.prior().spread == pytest.approx(0.59, abs=0.01)


def test_a_second_answer_on_the_same_day_tells_nothing() -> None:
    assert after([(3.0, 0, False)]) == Calibration.prior()


@given(reviews)
def test_it_is_bayes_rule_over_the_grid(log_of_reviews: Reviews) -> None:
    logs = [-0.5 * (x / 0.6) ** 2 for x in LOG_SCALES]
    for stability, elapsed, recalled in log_of_reviews:
        if elapsed:
            for point, x in enumerate(LOG_SCALES):
                p = retrievability(stability * exp(x), elapsed)
                logs[point] += log(p if recalled else 1 - p)
    weights = [exp(value - max(logs)) for value in logs]
    mean = sum(w * x for w, x in zip(weights, LOG_SCALES, strict=True)) / sum(weights)
    assert after(log_of_reviews).mean == pytest.approx(mean, abs=1e-6)


@given(reviews, st.randoms())
def test_the_order_of_the_answers_does_not_matter_at_all(
    log_of_reviews: Reviews, chance: random.Random
) -> None:
    shuffled = list(log_of_reviews)
    chance.shuffle(shuffled)
    assert after(shuffled) == after(log_of_reviews)


@given(reviews, reviews)
def test_what_a_prompt_told_can_be_taken_back_without_a_trace(
    kept: Reviews, taken_back: Reviews
) -> None:
    known = after(kept)
    for stability, elapsed, recalled in taken_back:
        known = known.plus(evidence_of(stability, elapsed, recalled))
    for stability, elapsed, recalled in taken_back:
        known = known.minus(evidence_of(stability, elapsed, recalled))
    assert known == after(kept)


@given(reviews)
def test_it_survives_being_stored(log_of_reviews: Reviews) -> None:
    known = after(log_of_reviews)
    assert Calibration.stored(json.loads(json.dumps(list(known.evidence)))) == known
    assert Calibration.stored([]) == Calibration.prior()
    with pytest.raises(ValueError, match="17 numbers"):
        Calibration.stored([0.0])


@given(reviews, st.floats(0.05, 300), st.integers(1, 300))
def test_recall_lengthens_and_forgetting_shortens(
    log_of_reviews: Reviews, stability: float, elapsed: int
) -> None:
    known = after(log_of_reviews)
    assert known.updated(stability, elapsed, True).scale >= known.scale - 1e-9
    assert known.updated(stability, elapsed, False).scale <= known.scale + 1e-9


@pytest.mark.parametrize("truth", [0.4, 1.0, 2.5])
def test_a_few_hundred_answers_find_the_learners_own_scale(truth: float) -> None:
    chance = random.Random(7)  # noqa: S311 - luck, not secrecy
    known = Calibration.prior()
    for _ in range(600):
        stability, elapsed = chance.uniform(1, 60), chance.randint(1, 90)
        recalled = chance.random() < retrievability(stability * truth, elapsed)
        known = known.updated(stability, elapsed, recalled)
    assert known.scale == pytest.approx(truth, rel=0.3)
    assert known.spread < 0.2
