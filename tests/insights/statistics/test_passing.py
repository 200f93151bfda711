"""The chance to pass, against an exact computation that shares nothing with it."""

from fractions import Fraction
from itertools import product
from math import comb, factorial, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.statistics.passing import (
    DRAWS,
    Belief,
    Evidence,
    answers_of_cards,
    belief,
    estimate,
    faded,
)

COUNTS = st.integers(0, 60)
BELIEFS = st.lists(
    st.builds(lambda right, wrong: Belief(1.0 + right, 1.0 + wrong), COUNTS, COUNTS),
    min_size=1,
    max_size=5,
)


def beta_binomial(right: int, count: int, alpha: int, beta: int) -> Fraction:
    """The exact chance of so many right answers where the level is beta-distributed."""

    def beta_function(a: int, b: int) -> Fraction:
        return Fraction(factorial(a - 1) * factorial(b - 1), factorial(a + b - 1))

    return (
        comb(count, right)
        * beta_function(right + alpha, count - right + beta)
        / beta_function(alpha, beta)
    )


def exact_chance(evidence: list[tuple[int, int]], questions: list[int], least: int) -> float:
    """The chance of at least `least` right answers; `evidence` is right and wrong by domain."""
    columns = [
        [beta_binomial(k, count, 1 + right, 1 + wrong) for k in range(count + 1)]
        for (right, wrong), count in zip(evidence, questions, strict=True)
    ]
    chance = Fraction(0)
    for scored in product(*(range(count + 1) for count in questions)):
        if sum(scored) >= least:
            term = Fraction(1)
            for column, k in zip(columns, scored, strict=True):
                term *= column[k]
            chance += term
    return float(chance)


@pytest.mark.parametrize(
    ("evidence", "questions", "pass_mark"),
    [
        ([(15, 5)], [20], 70),
        ([(0, 0)], [10], 50),
        ([(9, 1), (3, 5)], [12, 8], 70),
        ([(14, 5), (12, 4), (11, 5), (9, 4)], [6, 5, 5, 4], 72),
        ([(40, 2), (30, 3), (0, 0)], [5, 4, 1], 60),
    ],
)
def test_the_simulation_agrees_with_the_exact_chance(
    evidence: list[tuple[int, int]], questions: list[int], pass_mark: int
) -> None:
    total = sum(questions)
    least = -(-pass_mark * total // 100)
    exact = exact_chance(evidence, questions, least)
    found = estimate(
        [belief(Evidence(right, wrong)) for right, wrong in evidence],
        shares=[count / total for count in questions],
        questions=questions,
        pass_mark=pass_mark,
    )
    assert found.passing == pytest.approx(exact, abs=4 * sqrt(0.25 / DRAWS))


def test_one_mock_of_65_says_as_much_as_the_beta_distribution_does() -> None:
    # 75 % of 65: the share has a standard deviation of about 5.3 points, 90 % lies within 1.645.
    found = estimate([belief(Evidence(49, 16))], shares=[1], questions=[50], pass_mark=70)
    alpha, beta = 50, 17
    spread = sqrt(alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1)))
    assert found.level.value == pytest.approx(50 / 67)
    assert found.level.high - found.level.low == pytest.approx(2 * 1.645 * spread, rel=0.03)


@given(BELIEFS, st.integers(0, 100), st.data())
def test_an_estimate_is_a_range_of_shares_and_never_certain(
    beliefs: list[Belief], pass_mark: int, data: st.DataObject
) -> None:
    size = len(beliefs)
    questions = data.draw(st.lists(st.integers(1, 20), min_size=size, max_size=size))
    shares = [count / sum(questions) for count in questions]
    found = estimate(beliefs, shares=shares, questions=questions, pass_mark=pass_mark, draws=200)
    assert 0 < found.passing < 1
    for each in (found.level, *found.domains):
        assert 0 <= each.low <= each.value <= each.high <= 1
    assert found == estimate(
        beliefs, shares=shares, questions=questions, pass_mark=pass_mark, draws=200
    )


@given(COUNTS, COUNTS, st.integers(1, 30), st.integers(1, 99))
def test_another_right_answer_never_makes_passing_less_likely(
    right: int, wrong: int, more: int, pass_mark: int
) -> None:
    chances = [
        estimate(
            [belief(Evidence(n, wrong))], shares=[1], questions=[20], pass_mark=pass_mark
        ).passing
        for n in (right, right + more)
    ]
    # Two simulations may differ by their luck.
    assert chances[1] >= chances[0] - 0.03


@given(COUNTS, COUNTS)
def test_more_evidence_of_the_same_kind_narrows_the_range(right: int, wrong: int) -> None:
    widths = []
    for times in (1, 9):
        found = estimate(
            [belief(Evidence((right + 1) * times, (wrong + 1) * times))],
            shares=[1],
            questions=[10],
            pass_mark=70,
        )
        widths.append(found.level.high - found.level.low)
    assert widths[1] < widths[0]


def test_cards_count_like_a_few_answers() -> None:
    assert answers_of_cards(0, 50) == 0
    assert answers_of_cards(0, 0) == 0
    assert answers_of_cards(50, 50) == 5
    assert answers_of_cards(50, 100) == 2.5
    assert answers_of_cards(5000, 5000) == 10
    moved = belief(Evidence(right=3, wrong=1, cards=4, recall=0.75))
    assert (moved.alpha, moved.beta) == (1 + 3 + 3, 1 + 1 + 1)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_cards_never_outweigh_ten_answers(met: int, unmet: int) -> None:
    worth = answers_of_cards(met, met + unmet)
    assert 0 <= worth <= 10
    assert worth <= met / 10


def test_old_answers_fade() -> None:
    assert faded(0) == faded(-1) == 1
    assert faded(30) == 0.5
    assert faded(90) == 0.125


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="Each domain"):
        estimate([Belief()], shares=[0.5, 0.5], questions=[1], pass_mark=50)
    with pytest.raises(ValueError, match="Each domain"):
        estimate([Belief()], shares=[1], questions=[0], pass_mark=50)
