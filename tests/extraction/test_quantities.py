"""Amounts and dates are found whole, with their sign and their unit."""

import pytest

from apps.extraction.quantities import DATE, find_quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 17 June the deputies met", "17 June"),
        ("It opened on 5 may 1789", "5 may 1789"),
        ("Signed in October 1648", "October 1648"),
        ("The night of 4th of August", "4th of August"),
    ],
)
def test_a_date_is_one_amount_with_or_without_its_year(text: str, found: str) -> None:
    (date,) = find_quantities(text)
    assert date.text == found
    assert date.dimension == DATE


def test_a_month_alone_and_the_verb_may_are_no_dates() -> None:
    assert find_quantities("The fleet may sail in June") == ()
    assert [each.text for each in find_quantities("Group 5 may leave")] == ["5"]


def test_an_amount_keeps_its_minus() -> None:
    (cold,) = find_quantities("Sea water freezes at about -2 °C")
    assert (cold.text, cold.number) == ("-2 °C", -2.0)
    low, high = find_quantities("It takes 8-12 weeks")
    assert (low.number, high.number) == (8.0, 12.0)
