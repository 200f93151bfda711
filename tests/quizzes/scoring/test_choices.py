"""What choosing is worth."""

from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.scoring import ChoiceKey, Credit, score_response

IDS = [f"o{place}" for place in range(1, 8)]
chosen = st.lists(st.sampled_from(IDS), unique=True)
keys = st.builds(
    ChoiceKey,
    right=st.frozensets(st.sampled_from(IDS), min_size=1),
    credit=st.sampled_from(Credit),
)


def test_the_right_choice_is_worth_a_point_and_a_wrong_one_nothing() -> None:
    key = ChoiceKey(frozenset({"o2"}))
    assert score_response(key, ["o2"]) == 1
    assert score_response(key, ["o1"]) == 0


def test_in_an_exam_two_of_three_right_choices_are_worth_nothing() -> None:
    key = ChoiceKey(frozenset({"o1", "o2", "o3"}))
    assert score_response(key, ["o1", "o2"]) == 0
    assert score_response(key, ["o3", "o2", "o1"]) == 1


def test_in_practice_two_of_three_right_choices_are_worth_two_thirds() -> None:
    key = ChoiceKey(frozenset({"o1", "o2", "o3"}), Credit.PROPORTIONAL)
    assert score_response(key, ["o1", "o2"]) == 2 / 3


def test_in_practice_a_wrong_choice_among_right_ones_is_worth_nothing() -> None:
    key = ChoiceKey(frozenset({"o1", "o2"}), Credit.PROPORTIONAL)
    assert score_response(key, ["o1", "o2", "o3"]) == 0


@given(key=keys)
def test_leaving_a_question_out_is_worth_nothing(key: ChoiceKey) -> None:
    assert score_response(key, []) == 0


@given(key=keys, response=chosen)
def test_only_exactly_the_right_choices_are_worth_a_whole_point(
    key: ChoiceKey, response: list[str]
) -> None:
    score = score_response(key, response)
    assert 0 <= score <= 1
    assert (score == 1) == (set(response) == key.right)


@given(key=keys)
def test_ticking_everything_does_not_pay(key: ChoiceKey) -> None:
    assert score_response(key, IDS) == (1 if key.right == set(IDS) else 0)


@given(right=st.frozensets(st.sampled_from(IDS), min_size=1), response=chosen)
def test_practice_is_never_stricter_than_the_exam(
    right: frozenset[str], response: list[str]
) -> None:
    in_exam = score_response(ChoiceKey(right, Credit.EXACT), response)
    assert score_response(ChoiceKey(right, Credit.PROPORTIONAL), response) >= in_exam
