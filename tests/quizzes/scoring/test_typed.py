"""What typing an answer is worth."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.quizzes.scoring import TypedKey, score_response

words = st.lists(
    st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0xFF), min_size=1, max_size=12),
    min_size=1,
    max_size=4,
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def score(accepted: str | tuple[str, ...], typed: str) -> float:
    key = TypedKey((accepted,) if isinstance(accepted, str) else accepted)
    return score_response(key, [typed])


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("Sinoatrial node", "sinoatrial node"),
        ("Sinoatrial node", "  the  SINOATRIAL   node. "),
        ("read-only", "read only"),
        ("An instance profile", "instance profile"),
        ("S3 Standard-IA", "s3 standard ia"),
        ("Multi‑AZ", "multi-az"),
        ("5 GB", "5gb"),
        ("50 %", "50%"),
        ("it's", "it’s"),
        ("phosphorylation", "phosphorilation"),
        ("encryption at rest", "encrytpion at rest"),
        ("neurons", "neuron"),
    ],
)
def test_typing_counts_for_nothing(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 1


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("symmetric", "asymmetric"),
        ("synchronous", "asynchronous"),
        ("authenticated", "unauthenticated"),
        ("intracellular", "intercellular"),
        ("hypertension", "hypotension"),
        ("sulphate", "sulphite"),
        ("afferent neuron", "efferent neuron"),
        ("the key is stored on the server", "the key is not stored on the server"),
        ("vein", "vain"),
        ("C", "C++"),
    ],
)
def test_a_word_of_another_meaning_is_no_slip(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 0


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("35", "3.5"),
        ("0.5", "5"),
        (".5", "5"),
        ("-70 mV", "70 mV"),
        ("1,000", "1"),
        ("1000 m", "1 km"),
        ("Route 53", "Route 35"),
        ("128 characters at most", "127 characters at most"),
        ("1/2", "12"),
        ("50%", "50"),
    ],
)
def test_another_number_or_unit_is_wrong(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 0


def test_an_equal_amount_in_another_unit_is_right_if_the_author_listed_it() -> None:
    assert score(("1000 m", "1 km"), "1km") == 1


def test_an_answer_of_signs_only_can_be_given() -> None:
    assert score("?", " ? ") == 1


@given(accepted=texts)
def test_the_answer_as_the_author_wrote_it_is_right(accepted: str) -> None:
    assume(accepted.strip())
    assert score(accepted, accepted) == 1


@given(answer=words)
def test_case_and_spaces_never_matter(answer: list[str]) -> None:
    assert score(" ".join(answer), "   ".join(answer).upper().lower()) == 1


@given(accepted=st.lists(texts, max_size=3), typed=texts)
def test_a_typed_answer_is_right_or_wrong_and_never_an_error(
    accepted: list[str], typed: str
) -> None:
    assert score(tuple(accepted), typed) in {0, 1}


@given(accepted=texts, blank=st.text(" \t\n\u00a0", max_size=5))
def test_a_blank_answer_is_worth_nothing(accepted: str, blank: str) -> None:
    assert score(accepted, blank) == 0


@given(right=st.integers(0, 10**6), typed=st.integers(0, 10**6))
def test_only_the_same_number_is_right(right: int, typed: int) -> None:
    assert score(f"about {right} metres", f"about {typed} metres") == (right == typed)
