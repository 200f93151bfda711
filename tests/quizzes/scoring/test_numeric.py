"""What a typed number is worth."""

import pytest

from apps.quizzes.scoring import NumericKey, score_response


def score(accepted: str, typed: str) -> float:
    return score_response(NumericKey((accepted,)), [typed])


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("15 minutes", "900 s"),
        ("15 minutes", "0.25 hours"),
        ("5 GB", "5000 MB"),
        ("1.5 km", "1500 metres"),
        ("250 ms", "0.25 seconds"),
        ("10,000", "10000"),
        ("3 to 63", "3 to 63"),
        ("up to 5 days", "up to 120 hours"),
        ("15 minutes", "15"),
        ("1,200 km", "1200"),
        ("50 m", "50 metres"),
    ],
)
def test_the_same_amount_counts_in_any_unit(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 1


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("15 minutes", "900"),
        ("15 minutes", "15 seconds"),
        ("15 minutes", "15.01 minutes"),
        ("5 GB", "5 GB/s"),
        ("at most 5 days", "at least 5 days"),
        ("5", "5 days"),
        ("3 to 63", "63"),
        ("15 minutes", ""),
        ("15 minutes", "a while"),
    ],
)
def test_another_amount_or_another_unit_is_wrong(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 0


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("3.14 ± 0.01", "3.15"),
        ("3.14 ± 0.01", "3.13"),
        ("3 ± 2", "1"),
        ("-5 ± 1", "-4"),
        ("0 ± 0.5", "-0.5"),
        ("5 kg ± 0.2", "4.8 kg"),
        ("5 kg ± 0.2", "5200 g"),
        ("15 minutes ± 1", "840 s"),
    ],
)
def test_an_answer_within_the_margin_counts(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 1


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("3.14 ± 0.01", "3.16"),
        ("3 ± 2", "0"),
        ("-5 ± 1", "5"),
        ("3 ± 2", "nan"),
        ("3 ± 2", "a few"),
        ("5 kg ± 0.2", "5"),
        ("5 kg ± 0.2", "5.3 kg"),
        ("5 kg ± 0.2", "5 m"),
        ("3 ± 2 apples", "3"),
    ],
)
def test_an_answer_beyond_the_margin_is_wrong(accepted: str, typed: str) -> None:
    assert score(accepted, typed) == 0
