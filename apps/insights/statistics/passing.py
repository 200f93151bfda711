"""How likely an exam is passed: a belief about each domain, mixed as the exam mixes them.

A domain's belief is a beta distribution of the share of its questions that are answered right.
It begins uniform and moves with each question answered for the first time; what is known of the
memory of cards joins in as if it were a few more answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

DRAWS = 10_000
SEED = 20_260_302
"""Any fixed number: the same evidence always gives the same estimate."""
LOW, HIGH = 0.05, 0.95
HALF_LIFE_DAYS = 30.0
"""An answer counts half after so many days, for people learn and forget."""
CARDS_PER_ANSWER = 10
MOST_ANSWERS_OF_CARDS = 10.0
"""To know a card is not yet to answer a question, so all cards of a domain count for this much."""


@dataclass(frozen=True)
class Evidence:
    """What is known of one domain: answers right and wrong, and the answers cards stand for.

    `recall` is the chance (0 to 1) that a card which was studied is remembered now.
    """

    right: float = 0.0
    wrong: float = 0.0
    cards: float = 0.0
    recall: float = 0.0


@dataclass(frozen=True)
class Belief:
    """A beta distribution of the share of a domain that is answered right."""

    alpha: float = 1.0
    beta: float = 1.0

    @property
    def mean(self) -> float:
        return self.alpha / (self.alpha + self.beta)


@dataclass(frozen=True)
class Range:
    """An estimate and the bounds it lies in nine times in ten."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """The level on the whole exam and on each domain, and the chance to pass."""

    level: Range
    domains: Sequence[Range]
    passing: float


def faded(days: float) -> float:
    """How much of an answer is left after so many days, from 1 downwards."""
    return float(0.5 ** (max(days, 0.0) / HALF_LIFE_DAYS))


def answers_of_cards(met: int, prompts: int) -> float:
    """How many answers the cards of a domain stand for, `met` of `prompts` having been studied.

    Ten cards count like one answer and all of them like ten at most, in proportion to how much of
    the domain they cover.
    """
    if not prompts:
        return 0.0
    return min(met / CARDS_PER_ANSWER, MOST_ANSWERS_OF_CARDS) * (met / prompts)


def belief(evidence: Evidence) -> Belief:
    """What to believe of a domain after this evidence."""
    return Belief(
        1 + evidence.right + evidence.cards * evidence.recall,
        1 + evidence.wrong + evidence.cards * (1 - evidence.recall),
    )


def estimate(
    beliefs: Sequence[Belief],
    *,
    shares: Sequence[float],
    questions: Sequence[int],
    pass_mark: float,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Estimate:
    """Sit the exam many times by lot.

    Each time a level is drawn for every domain from its belief, then the right answers among the
    `questions` the exam asks of it; the level on the exam is the mean by `shares`, which add up to
    1. The exam is passed from `pass_mark` per cent on. The chance is never quite 0 or 1, for no
    number of draws could show that. Raises ValueError for columns of unequal length or no
    question.
    """
    if not len(beliefs) == len(shares) == len(questions) or not sum(questions):
        raise ValueError("Each domain has a belief, a share and a number of questions.")
    chance = np.random.default_rng(seed)
    levels = np.column_stack([chance.beta(each.alpha, each.beta, draws) for each in beliefs])
    right = chance.binomial(np.asarray(questions), levels).sum(axis=1)
    passed = int((100 * right >= pass_mark * sum(questions)).sum())
    whole = levels @ np.asarray(shares)
    expected = float(sum(each.mean * share for each, share in zip(beliefs, shares, strict=True)))
    return Estimate(
        level=spread(expected, whole),
        domains=[spread(each.mean, levels[:, i]) for i, each in enumerate(beliefs)],
        passing=(passed + 0.5) / (draws + 1),
    )


def spread(mean: float, drawn: FloatArray) -> Range:
    low, high = np.quantile(drawn, [LOW, HIGH])
    return Range(mean, min(float(low), mean), max(float(high), mean))
