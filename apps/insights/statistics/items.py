"""Classical item analysis: how hard a question is, and whether it tells good learners from others.

The terms and formulas are Moodle's: facility is the mean score, the discrimination index is the
correlation of a question's score with the score on the rest of the paper, and the discriminative
efficiency is their covariance as a share of the largest that these scores allow. Each answer is a
score (0 to 1) and the mean score (0 to 1) on the rest of the same paper.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb, factorial, sqrt
from statistics import fmean, median

FEWEST_SHOWN = 30
"""First answers below which figures say more of chance than of the question."""
FEWEST_FLAGGED = 50
HARDEST, EASIEST = 0.25, 0.95
WEAKEST = 0.10
DEAD = 0.05
AS_GOOD_AS_NOTHING = 1e-12


class Flag(StrEnum):
    """What an author should look at."""

    CHECK_KEY = "check_key"
    MISLEADING = "misleading"
    HARD = "hard"
    WEAK = "weak"
    EASY = "easy"
    DEAD = "dead"


@dataclass(frozen=True)
class Figures:
    """The figures of one question; None where they cannot be computed."""

    count: int
    facility: float
    deviation: float
    discrimination: float | None
    efficiency: float | None
    seconds: float | None


@dataclass(frozen=True)
class ChoiceFigures:
    """How often a choice was chosen: by all, by the best third and by the lowest third."""

    count: int
    share: float
    best: float
    lowest: float


def figures(
    scores: Sequence[float], rests: Sequence[float], seconds: Sequence[float] = ()
) -> Figures:
    """The figures of a question from its answers; ValueError where there are none."""
    if not scores or len(scores) != len(rests):
        raise ValueError("Each answer has a score and a score on the rest of its paper.")
    facility = fmean(scores)
    return Figures(
        count=len(scores),
        facility=facility,
        deviation=sqrt(covariance(scores, scores)),
        discrimination=discrimination(scores, rests),
        efficiency=efficiency(scores, rests),
        seconds=median(seconds) if seconds else None,
    )


def covariance(one: Sequence[float], other: Sequence[float]) -> float:
    mean, another = fmean(one), fmean(other)
    return fmean((x - mean) * (y - another) for x, y in zip(one, other, strict=True))


def discrimination(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    """The correlation of item and rest, -1 to 1; None where all did alike in one of them."""
    spread = covariance(scores, scores) * covariance(rests, rests)
    if spread <= AS_GOOD_AS_NOTHING**2:
        return None
    return min(max(covariance(scores, rests) / sqrt(spread), -1.0), 1.0)


def efficiency(scores: Sequence[float], rests: Sequence[float]) -> float | None:
    """The covariance of item and rest as a share of the largest possible, which is reached where
    who did better on the rest never did worse here; None where that largest is 0."""
    largest = covariance(sorted(scores), sorted(rests))
    if largest <= AS_GOOD_AS_NOTHING:
        return None
    return covariance(scores, rests) / largest


def choice_figures(
    chosen: Sequence[Collection[int]], rests: Sequence[float], choices: int
) -> list[ChoiceFigures]:
    """How often each of so many choices was chosen; `chosen` are the choices of each answer."""
    ranked = sorted(range(len(chosen)), key=lambda i: (rests[i], i))
    third = len(ranked) // 3
    lowest, best = ranked[:third], ranked[len(ranked) - third :]

    def share_of(choice: int, answers: Sequence[int]) -> float:
        return sum(choice in chosen[i] for i in answers) / len(answers) if answers else 0.0

    return [
        ChoiceFigures(
            count=sum(choice in each for each in chosen),
            share=share_of(choice, ranked),
            best=share_of(choice, best),
            lowest=share_of(choice, lowest),
        )
        for choice in range(choices)
    ]


def flags(
    found: Figures, choices: Sequence[ChoiceFigures] = (), right: Collection[int] = ()
) -> list[Flag]:
    """What to look at in a question, the gravest first; nothing below `FEWEST_FLAGGED` answers.

    `choices` are those of a question with choices, `right` the numbers of the right ones.
    """
    if found.count < FEWEST_FLAGGED:
        return []
    raised: list[Flag] = []
    if found.discrimination is not None and found.discrimination < 0:
        raised.append(Flag.CHECK_KEY)
    wrong = [each for place, each in enumerate(choices) if place not in right]
    if right and wrong:
        key = min(choices[place].best for place in right)
        if any(each.best > key for each in wrong):
            raised.append(Flag.MISLEADING)
    if found.facility < HARDEST:
        raised.append(Flag.HARD)
    if found.discrimination is not None and 0 <= found.discrimination < WEAKEST:
        raised.append(Flag.WEAK)
    if found.facility > EASIEST:
        raised.append(Flag.EASY)
    if any(each.share < DEAD for each in wrong):
        raised.append(Flag.DEAD)
    return raised


def guess_of_choices(choices: int, right: int) -> float:
    """The score of who guesses `right` of so many choices, knowing how many to choose."""
    return 1 / comb(choices, right) if 0 < right <= choices else 0.0


def guess_of_order(parts: int) -> float:
    """The score of who guesses an order of so many steps, or the meanings of so many terms."""
    return 1 / factorial(parts) if parts else 0.0
