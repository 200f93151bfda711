"""What an order of steps and a matching are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.scoring import Credit, OrderKey, PairsKey, score_response

ORDER = OrderKey(("o2", "o3", "o1", "o4"))
KIND_ORDER = OrderKey(ORDER.right, Credit.PROPORTIONAL)
PAIRS = frozenset({"o1=m2", "o2=m1", "o3=m3"})


def test_the_right_order_earns_the_point() -> None:
    assert score_response(ORDER, ["o2", "o3", "o1", "o4"]) == 1


def test_in_the_exam_one_swap_costs_the_point() -> None:
    assert score_response(ORDER, ["o3", "o2", "o1", "o4"]) == 0


def test_in_practice_steps_that_follow_each_other_rightly_count() -> None:
    assert score_response(KIND_ORDER, ["o4", "o2", "o3", "o1"]) == pytest.approx(2 / 3)
    assert score_response(KIND_ORDER, ["o4", "o1", "o3", "o2"]) == 0


def test_an_order_with_a_step_missing_earns_nothing() -> None:
    assert score_response(KIND_ORDER, ["o2", "o3"]) == 0


def test_every_pair_right_earns_the_point() -> None:
    assert score_response(PairsKey(PAIRS), sorted(PAIRS)) == 1


def test_one_wrong_pair_costs_the_point_in_the_exam_and_its_share_in_practice() -> None:
    given = ["o1=m2", "o2=m3", "o3=m3"]
    assert score_response(PairsKey(PAIRS), given) == 0
    practice = PairsKey(PAIRS, Credit.PROPORTIONAL)
    assert score_response(practice, given) == pytest.approx(2 / 3)


@given(st.permutations(ORDER.right))
def test_an_order_is_worth_between_nothing_and_one(given_order: list[str]) -> None:
    worth = score_response(KIND_ORDER, given_order)
    assert 0 <= worth <= 1
    assert (worth == 1) == (tuple(given_order) == ORDER.right)
