"""How far a score may lie from what the learner would reach with ever more questions."""

import math
from dataclasses import dataclass
from statistics import NormalDist

COVERAGE = 0.9


@dataclass(frozen=True)
class Interval:
    """Shares from 0 to 1 between which the learner's level likely lies."""

    low: float
    high: float


def score_interval(points: float, questions: int, coverage: float = COVERAGE) -> Interval:
    """Wilson's interval of a share: `points` out of `questions`.

    Unlike the plain one it says something where nothing or everything was right: ten of ten is
    not yet certainty. Without questions nothing is known.
    """
    if questions == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + coverage) / 2)
    share = points / questions
    centre = (share + z * z / (2 * questions)) / (1 + z * z / questions)
    spread = share * (1 - share) / questions + z * z / (4 * questions * questions)
    half = z * math.sqrt(spread) / (1 + z * z / questions)
    return Interval(max(centre - half, 0.0), min(centre + half, 1.0))
