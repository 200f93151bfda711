"""Whether parameters of a learner's own foretell their answers better than those in force.

Answers are split by time: the earlier ones may be learnt from, the later ones judge. A fit that
does not foretell those better is worth nothing, however well it explains the past.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import log, sqrt
from statistics import mean, stdev

from apps.study.memory.algorithm import algorithm_for
from apps.study.memory.calibration import Calibration
from apps.study.memory.fsrs import Memory, Rating
from apps.study.memory.replay import Answer, Calendar, Step, evidence, steps

HELD_BACK = 0.2
LEAST_CHANCE = 1e-4
"""A log loss forgives no certainty: chances are kept so far from 0 and 1."""
FEWEST_JUDGED = 30
LEAST_GAIN = 0.001
ONE_IN_TWENTY = 1.645

History = list[tuple[int, int]]
"""Ratings, each with the days since the answer before (0 for the first)."""


def first_held_back(logs: Iterable[Sequence[Answer]]) -> datetime:
    """The moment that begins the last fifth of all answers; ValueError where there are none."""
    moments = sorted(answer.reviewed_at for answers in logs for answer in answers)
    if not moments:
        raise ValueError("There are no answers to split.")
    return moments[int(len(moments) * (1 - HELD_BACK))]


def histories(folded: Sequence[Sequence[Step]], until: datetime) -> list[tuple[int, History]]:
    """What there is to learn from: each answer on a later day, with all before it, by time.

    Returns the place of its prompt in `folded`, and the history that ends with the answer.
    """
    found = []
    for prompt, taken in enumerate(folded):
        history: History = []
        for step in taken:
            if step.answer.reviewed_at >= until:
                break
            history.append((int(step.answer.rating), step.elapsed_days))
            if step.elapsed_days:
                found.append((step.answer.reviewed_at, prompt, list(history)))
    found.sort(key=lambda each: each[:2])
    return [(prompt, history) for _, prompt, history in found]


def held_back_losses(
    logs: Iterable[Sequence[Answer]],
    until: datetime,
    *,
    calendar: Calendar,
    parameters: Sequence[float],
) -> list[float]:
    """The log loss (nats) of these parameters on each answer of a later day from `until` on.

    The learner's scale is learnt from the answers before, so that what one number explains is
    not put down to the parameters.
    """
    algorithm = algorithm_for(parameters)
    calibration = Calibration.prior()
    judged: list[tuple[Memory, int, bool]] = []
    for answers in logs:
        taken = steps(answers, calendar=calendar, desired_retention=0.9, parameters=parameters)
        cut = bisect_left(taken, until, key=lambda step: step.answer.reviewed_at)
        calibration = calibration.plus(evidence(taken[:cut], parameters))
        judged += [
            (step.before, step.elapsed_days, step.answer.rating != Rating.AGAIN)
            for step in taken[cut:]
            if step.before is not None and step.elapsed_days
        ]
    losses = []
    for memory, elapsed, recalled in judged:
        scaled = Memory(memory.stability * calibration.scale, memory.difficulty)
        chance = algorithm.retrievability(scaled, elapsed)
        chance = min(max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE)
        losses.append(-log(chance if recalled else 1 - chance))
    return losses


def is_better(before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether losses fell, answer by answer, by enough to matter and by more than chance.

    On average at least `LEAST_GAIN`, and more than 1.64 standard errors of the differences: by
    luck alone one fit in twenty does so.
    """
    gains = [old - new for old, new in zip(before, after, strict=True)]
    if len(gains) < FEWEST_JUDGED:
        return False
    gain = mean(gains)
    return gain >= LEAST_GAIN and gain > ONE_IN_TWENTY * stdev(gains) / sqrt(len(gains))
