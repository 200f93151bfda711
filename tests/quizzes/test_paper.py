"""How a paper is put together."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from apps.quizzes.paper import Candidate, draw, options_of, share_out, shuffled_choices
from tests.factories import NOW

WEIGHTS = {1: 30, 2: 26, 3: 24, 4: 20}


def bank(**per_domain: int) -> list[Candidate]:
    """So many questions for each domain: `bank(d1=5, d2=3)`."""
    return [
        Candidate(UUID(int=int(name[1:]) * 1000 + number), version=number, domain=int(name[1:]))
        for name, count in per_domain.items()
        for number in range(count)
    ]


def domains_of(paper: list[Candidate]) -> list[int]:
    return [count for _, count in sorted(Counter(each.domain for each in paper).items())]


def test_65_questions_are_shared_out_as_in_the_real_exam() -> None:
    assert share_out(65, [30, 26, 24, 20]) == [19, 17, 16, 13]
    assert share_out(50, [30, 26, 24, 20]) == [15, 13, 12, 10]
    assert share_out(20, [30, 26, 24, 20]) == [6, 5, 5, 4]


@given(
    count=st.integers(0, 500),
    weights=st.lists(st.integers(0, 100), min_size=1, max_size=12).filter(any),
)
def test_shares_add_up_and_stay_within_one_of_the_exact_share(
    count: int, weights: list[int]
) -> None:
    shares = share_out(count, weights)
    assert sum(shares) == count
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - count * weight / sum(weights)) < 1


def test_a_paper_holds_each_domain_by_its_weight() -> None:
    paper = draw(bank(d1=40, d2=40, d3=40, d4=40), weights=WEIGHTS, count=65, seed="a")
    assert domains_of(paper) == [19, 17, 16, 13]
    assert len({each.question for each in paper}) == 65


def test_what_a_thin_domain_lacks_comes_from_the_others() -> None:
    paper = draw(bank(d1=2, d2=40, d3=40, d4=40), weights=WEIGHTS, count=65, seed="a")
    assert len(paper) == 65
    assert domains_of(paper)[0] == 2


def test_an_exam_without_domains_draws_from_all_its_questions() -> None:
    paper = draw(bank(d7=30, d8=30), weights={}, count=20, seed="a")
    assert len(paper) == 20
    assert set(domains_of(paper)) != {20}


def test_questions_outside_the_domains_only_fill_gaps() -> None:
    full = draw(bank(d1=20, d2=20, d3=20, d4=20, d9=50), weights=WEIGHTS, count=20, seed="a")
    thin = draw(bank(d1=5, d9=50), weights=WEIGHTS, count=20, seed="a")
    assert 9 not in {each.domain for each in full}
    assert len(thin) == 20


def test_two_attempts_get_different_papers_and_one_attempt_always_the_same() -> None:
    questions = bank(d1=40, d2=40, d3=40, d4=40)
    one, again, other = (
        draw(questions, weights=WEIGHTS, count=65, seed=seed) for seed in ("a", "a", "b")
    )
    assert one == again
    assert one != other


def test_domains_are_mixed_in_the_paper() -> None:
    paper = draw(bank(d1=40, d2=40, d3=40, d4=40), weights=WEIGHTS, count=65, seed="a")
    order = [each.domain for each in paper]
    assert order != sorted(order)


@given(seed=st.text(max_size=8))
def test_new_questions_come_first_then_those_met_longest_ago(seed: str) -> None:
    new = bank(d1=3)
    long_ago = [
        Candidate(UUID(int=10 + number), 0, 1, NOW - timedelta(days=30)) for number in range(3)
    ]
    yesterday = [
        Candidate(UUID(int=20 + number), 0, 1, NOW - timedelta(days=1)) for number in range(3)
    ]
    paper = draw([*yesterday, *new, *long_ago], weights={1: 100}, count=5, seed=seed)
    assert {each.question for each in new} <= {each.question for each in paper}
    assert not {each.question for each in yesterday} & {each.question for each in paper}


def content(kind: str, *texts: str) -> dict[str, object]:
    return {
        "kind": kind,
        "choices": [
            {"text": text, "is_correct": place == 0, "why": ""} for place, text in enumerate(texts)
        ],
    }


def test_the_place_of_the_right_choice_tells_nothing() -> None:
    question = content("single", "right", "wrong", "bad", "ill")
    places = Counter(
        shuffled_choices(question, question=UUID(int=number), seed="a").index(0)
        for number in range(400)
    )
    assert set(places) == {0, 1, 2, 3}
    assert all(60 < count < 140 for count in places.values())


def test_option_ids_follow_the_order_shown_and_keep_no_trace_of_the_authors_order() -> None:
    question = content("single", "right", "wrong", "bad")
    order = shuffled_choices(question, question=UUID(int=7), seed="a")
    options = options_of(question, order)
    assert [option.id for option in options] == ["o1", "o2", "o3"]
    assert [option.text for option in options if option.is_correct] == ["right"]
    assert {option.text for option in options} == {"right", "wrong", "bad"}


@given(seed=st.text(max_size=8))
def test_true_stands_before_false_in_every_attempt(seed: str) -> None:
    question = content("true_false", "True", "False")
    assert shuffled_choices(question, question=UUID(int=1), seed=seed) == [0, 1]
