"""How much longer, or shorter, one learner remembers than the parameters say: a single number.

The learner's true stability is taken to be `scale` times the one FSRS gives, the same factor for
every prompt. What is believed of its logarithm is a distribution over 17 points, begun at a
normal prior and moved by every answer given at least a day after the one before (Bayes' rule
with a Bernoulli likelihood). One factor learns from the first reviews on, long before 21
parameters could be fitted.

Evidence is kept as sums of log-likelihoods, apart from the prior, so that what one prompt
contributed can be taken out again and put back changed. Every term is rounded to a multiple of
2^-32: sums of such numbers are exact in floating point (up to two million nats), hence the same
whatever the order in which answers arrive, are undone or are counted again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, expm1, fsum, log, log1p, pow, sqrt
from typing import Self

from apps.study.memory.fsrs import DEFAULT_PARAMETERS, checked

POINTS = 17
LOG_SCALES = tuple(round(-1.6 + 0.2 * point, 1) for point in range(POINTS))
PRIOR_SPREAD = 0.6
RESOLUTION = 2.0**-32
NO_EVIDENCE = (0.0,) * POINTS

_SHRINKING = tuple(exp(-log_scale) for log_scale in LOG_SCALES)
_LOG_PRIOR = tuple(-0.5 * (log_scale / PRIOR_SPREAD) ** 2 for log_scale in LOG_SCALES)

Evidence = tuple[float, ...]


def evidence_of(
    stability: float,
    elapsed_days: float,
    recalled: bool,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
) -> Evidence:
    """The log-likelihood (nats) of one answer under each of the 17 scales.

    `stability` is FSRS's own, before the answer. An answer on the day of the one before says
    nothing, for its recall is that of the minutes since.
    """
    if elapsed_days < 1:
        return NO_EVIDENCE
    decay = -checked(parameters)[20]
    odds = (pow(0.9, 1 / decay) - 1) * elapsed_days / stability
    logs = [decay * log1p(odds * shrinking) for shrinking in _SHRINKING]
    if not recalled:
        logs = [log(-expm1(log_recall)) for log_recall in logs]
    return tuple(round(value / RESOLUTION) * RESOLUTION for value in logs)


def total(terms: Sequence[Evidence]) -> Evidence:
    """The evidence of several answers together."""
    return tuple(map(sum, zip(*terms, strict=True))) if terms else NO_EVIDENCE


@dataclass(frozen=True)
class Calibration:
    """What is believed of a learner's stability scale after some evidence."""

    evidence: Evidence = NO_EVIDENCE

    @classmethod
    def prior(cls) -> Self:
        """Before the first answer: the scale is about 1, give or take a factor of 1.8."""
        return cls()

    @classmethod
    def stored(cls, evidence: Sequence[float]) -> Self:
        """From a stored list: 17 numbers, or none where nothing is known. Else ValueError."""
        if evidence and len(evidence) != POINTS:
            raise ValueError(f"A calibration has {POINTS} numbers, not {len(evidence)}.")
        return cls(tuple(evidence) or NO_EVIDENCE)

    def updated(
        self,
        stability: float,
        elapsed_days: float,
        recalled: bool,
        parameters: Sequence[float] = DEFAULT_PARAMETERS,
    ) -> "Calibration":
        """After one more answer; see `evidence_of`."""
        return self.plus(evidence_of(stability, elapsed_days, recalled, parameters))

    def plus(self, evidence: Evidence) -> "Calibration":
        return Calibration(tuple(a + b for a, b in zip(self.evidence, evidence, strict=True)))

    def minus(self, evidence: Evidence) -> "Calibration":
        return Calibration(tuple(a - b for a, b in zip(self.evidence, evidence, strict=True)))

    @cached_property
    def posterior(self) -> tuple[float, ...]:
        """The probability of each of `LOG_SCALES`."""
        logs = [a + b for a, b in zip(self.evidence, _LOG_PRIOR, strict=True)]
        top = max(logs)
        weights = [exp(value - top) for value in logs]
        whole = fsum(weights)
        return tuple(weight / whole for weight in weights)

    @cached_property
    def mean(self) -> float:
        """The posterior mean of the scale's logarithm."""
        return fsum(p * x for p, x in zip(self.posterior, LOG_SCALES, strict=True))

    @property
    def scale(self) -> float:
        """The factor on every stability: 1 for a learner like the parameters, 0.2 to 5."""
        return exp(self.mean)

    @property
    def spread(self) -> float:
        """The standard deviation of the scale's logarithm: about 0.6 at first, then less."""
        pairs = zip(self.posterior, LOG_SCALES, strict=True)
        return sqrt(fsum(p * (x - self.mean) ** 2 for p, x in pairs))
