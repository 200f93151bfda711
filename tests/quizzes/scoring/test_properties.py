"""What holds of every score and every draw, and equality with formulas computed on their own."""

import math
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.paper import Candidate, draw, share_out
from apps.quizzes.scoring import (
    ChoiceKey,
    Credit,
    NumericKey,
    OrderKey,
    PairsKey,
    TypedKey,
    score_interval,
    score_response,
)

IDS = [f"o{number}" for number in range(1, 7)]
credits_ = st.sampled_from(Credit)
subsets = st.sets(st.sampled_from(IDS), min_size=1).map(frozenset)
responses = st.lists(st.sampled_from(IDS), unique=True)
orders = st.permutations(IDS).map(tuple)
weights = st.lists(st.integers(0, 100), min_size=1, max_size=8).filter(any)


@given(subsets, responses, credits_)
def test_choices_score_as_the_reference_says(
    right: frozenset[str], response: list[str], credit: Credit
) -> None:
    score = score_response(ChoiceKey(right, credit), response)
    chosen = set(response)
    if credit is Credit.EXACT:
        assert score == float(bool(chosen) and chosen == right)
    elif chosen - right:
        assert score == 0
    else:
        assert score == float(Fraction(len(chosen & right), len(right)))


@given(orders, orders, credits_)
def test_an_order_is_worth_its_right_neighbours_or_all_or_nothing(
    right: tuple[str, ...], given_: tuple[str, ...], credit: Credit
) -> None:
    score = score_response(OrderKey(right, credit), given_)
    follows = dict(pairwise(right))
    good = sum(follows.get(one) == other for one, other in pairwise(given_))
    expected = Fraction(good, len(right) - 1)
    assert score == float(expected if credit is Credit.PROPORTIONAL else expected == 1)


@given(orders, orders, credits_)
def test_a_match_is_worth_its_right_pairs_or_all_or_nothing(
    right: tuple[str, ...], given_: tuple[str, ...], credit: Credit
) -> None:
    key = frozenset(f"{term}=m{place}" for place, term in enumerate(right))
    pairs = [f"{term}=m{place}" for place, term in enumerate(given_)]
    expected = Fraction(sum(a == b for a, b in zip(right, given_, strict=True)), len(right))
    score = score_response(PairsKey(key, credit), pairs)
    assert score == float(expected if credit is Credit.PROPORTIONAL else expected == 1)


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=4))
def test_any_text_scores_nought_or_one_and_an_accepted_one_scores(
    text: str, accepted: list[str]
) -> None:
    for key in (TypedKey(tuple(accepted)), NumericKey(tuple(accepted))):
        assert score_response(key, [text]) in {0, 1}
        assert all(score_response(key, [each]) == 1 for each in accepted if each.strip())


@given(st.integers(1, 400), st.sampled_from([("s", 1), ("minutes", 60), ("hours", 3600)]))
def test_an_amount_is_right_in_every_unit_and_no_other_amount_is(
    number: int, unit: tuple[str, int]
) -> None:
    key = NumericKey((f"{number} {unit[0]}",))
    assert score_response(key, [f"{number * unit[1]} s"]) == 1
    assert score_response(key, [f"{number * unit[1] + 1} s"]) == 0


def test_a_quarter_of_an_hour_is_nine_hundred_seconds() -> None:
    assert score_response(NumericKey(("15 min",)), ["900 s"]) == 1
    assert score_response(NumericKey(("15 min",)), ["900 min"]) == 0


@given(st.integers(0, 200), weights)
def test_shares_add_up_and_none_is_a_whole_place_off(count: int, parts: list[int]) -> None:
    shares = share_out(count, parts)
    assert sum(shares) == count
    for share, weight in zip(shares, parts, strict=True):
        exact = Fraction(count * weight, sum(parts))
        assert math.floor(exact) <= share <= math.ceil(exact)


@pytest.mark.parametrize(
    ("count", "shares"),
    [(65, [19, 17, 16, 13]), (50, [15, 13, 12, 10]), (20, [6, 5, 5, 4])],
)
def test_the_sample_exams_papers_have_the_references_shares(count: int, shares: list[int]) -> None:
    assert share_out(count, [30, 26, 24, 20]) == shares


@st.composite
def banks(build: st.DrawFn) -> list[Candidate]:
    """Questions of three domains, some met before, some in cases of up to four."""
    size = build(st.integers(0, 40))
    made = []
    for number in range(size):
        case = build(st.none() | st.integers(0, 3))
        met = build(st.none() | st.integers(0, 10**6))
        made.append(
            Candidate(
                question=UUID(int=number + 1),
                version=number,
                domain=(case if case is not None else number) % 3,
                met_at=None if met is None else datetime.fromtimestamp(met, UTC),
                case=case,
                place=number,
            )
        )
    return made


@given(banks(), st.integers(1, 50), st.text(min_size=1, max_size=8))
def test_a_paper_is_as_long_as_it_can_be_and_holds_nothing_twice(
    bank: list[Candidate], count: int, seed: str
) -> None:
    drawn = draw(bank, weights={0: 30, 1: 26, 2: 44}, count=count, seed=seed)
    assert len(drawn) == min(count, len(bank))
    assert len({each.question for each in drawn}) == len(drawn)
    assert drawn == draw(bank[::-1], weights={0: 30, 1: 26, 2: 44}, count=count, seed=seed)


@given(banks(), st.integers(1, 50), st.text(min_size=1, max_size=8))
def test_the_questions_of_a_case_stand_together_in_their_order(
    bank: list[Candidate], count: int, seed: str
) -> None:
    drawn = draw(bank, weights={}, count=count, seed=seed)
    for case in {each.case for each in drawn if each.case is not None}:
        places = [place for place, each in enumerate(drawn) if each.case == case]
        assert places == list(range(places[0], places[-1] + 1))
        inside = [drawn[place].place for place in places]
        whole = sorted(each.place for each in bank if each.case == case)
        assert inside == whole[: len(inside)]


@given(st.integers(20, 60), st.text(min_size=1, max_size=8))
def test_a_rich_bank_gives_every_domain_its_share(count: int, seed: str) -> None:
    bank = [Candidate(UUID(int=n + 1), n, domain=n % 4) for n in range(400)]
    parts = {0: 30, 1: 26, 2: 24, 3: 20}
    drawn = draw(bank, weights=parts, count=count, seed=seed)
    found = [sum(each.domain == domain for each in drawn) for domain in parts]
    assert found == share_out(count, list(parts.values()))


@given(st.integers(1, 500), st.floats(0, 1))
def test_the_interval_of_a_score_solves_wilsons_equation(questions: int, share: float) -> None:
    found = score_interval(share * questions, questions)
    assert 0 <= found.low <= share + 1e-9
    assert share - 1e-9 <= found.high <= 1
    # Each end is a level from which the score lies just z standard deviations away.
    for level in (found.low, found.high):
        if 1e-6 < level < 1 - 1e-6:
            distance = abs(share - level) / math.sqrt(level * (1 - level) / questions)
            assert distance == pytest.approx(1.6448536, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(("questions", "half"), [(20, 0.159), (65, 0.088), (200, 0.050)])
def test_the_interval_is_as_wide_as_the_reference_worked_out(questions: int, half: float) -> None:
    found = score_interval(0.75 * questions, questions)
    assert (found.high - found.low) / 2 == pytest.approx(half, abs=0.007)
    assert score_interval(questions, questions).low < 1
