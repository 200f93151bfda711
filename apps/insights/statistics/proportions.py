"""Shares of successes, and how sure one may be of them."""

from math import sqrt

NINE_IN_TEN = 1.6448536269514722
"""Standard deviations on either side that hold nine tenths of a normal distribution."""


def wilson(right: int, count: int) -> tuple[float, float]:
    """What the true share lies between nine times in ten (Wilson's score interval).

    Of no observation at all it is anything from 0 to 1.
    """
    if not count:
        return 0.0, 1.0
    share, squared = right / count, NINE_IN_TEN**2
    centre = share + squared / (2 * count)
    reach = NINE_IN_TEN * sqrt(share * (1 - share) / count + squared / (4 * count**2))
    whole = 1 + squared / count
    return max((centre - reach) / whole, 0.0), min((centre + reach) / whole, 1.0)
