"""What the planner is told: prompts in columns, the learner, the exams."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from apps.study.memory.fsrs import DEFAULT_PARAMETERS

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
TableArray = NDArray[np.float32]
"""Tables hold values near 1 whose differences matter down to a thousandth."""


@dataclass(frozen=True)
class Pace:
    """Seconds that one prompt takes on one day, its same-day repetitions included.

    The defaults are the medians of Anki's users (fsrs-rs, simulation defaults) with the usual
    learning steps.
    """

    new: float = 38.0
    passed: float = 13.0
    failed: float = 36.0


@dataclass(frozen=True)
class Learner:
    """How a person remembers and how fast they answer.

    `scale` multiplies every stability (see memory.calibration), `spread` is the standard
    deviation of its logarithm.
    """

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    scale: float = 1.0
    spread: float = 0.0
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True)
class Prompts:
    """One learner's live prompts of one exam: columns of equal length.

    `weight` is a share of the exam; `stability` in days, nan where never answered; `elapsed` in
    whole study days since the last answer, 0 where answered today or never; equal numbers in
    `card` are siblings.
    """

    weight: FloatArray
    stability: FloatArray
    difficulty: FloatArray
    elapsed: IntArray
    position: IntArray
    card: IntArray
    topic: IntArray

    @classmethod
    def of(
        cls,
        *,
        weight: ArrayLike,
        stability: ArrayLike,
        difficulty: ArrayLike,
        elapsed: ArrayLike,
        position: ArrayLike | None = None,
        card: ArrayLike | None = None,
        topic: ArrayLike | None = None,
    ) -> "Prompts":
        """Columns from anything array-like; None in stability or difficulty is nan.

        Without `position` the order given is the course's, without `card` no two prompts are
        siblings, without `topic` all are of one. Raises ValueError for columns of unequal
        length and for negative weights or days.
        """
        weights = np.asarray(weight, dtype=np.float64)
        count = len(weights)
        prompts = cls(
            weight=weights,
            stability=np.asarray(stability, dtype=np.float64),
            difficulty=np.asarray(difficulty, dtype=np.float64),
            elapsed=np.asarray(elapsed, dtype=np.int64),
            position=np.arange(count) if position is None else np.asarray(position, dtype=np.int64),
            card=np.arange(count) if card is None else np.asarray(card, dtype=np.int64),
            topic=np.zeros(count, np.int64) if topic is None else np.asarray(topic, dtype=np.int64),
        )
        if any(len(column) != count for column in vars(prompts).values()):
            raise ValueError("The columns of the prompts differ in length.")
        if (prompts.weight < 0).any() or (prompts.elapsed < 0).any():
            raise ValueError("Weights and elapsed days cannot be negative.")
        return prompts

    def __len__(self) -> int:
        return len(self.weight)

    @property
    def is_new(self) -> BoolArray:
        return np.isnan(self.stability)


@dataclass(frozen=True)
class Exam:
    """One exam of a learner, on day `days` counted from today (0); study days come before it.

    `keep` (0 to 1) is how much recall 30 days after the exam counts; `worth` is this exam's
    importance beside the learner's others.
    """

    prompts: Prompts
    days: int
    learner: Learner = field(default_factory=Learner)
    keep: float = 0.0
    worth: float = 1.0

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("An exam that is planned for lies at least one day ahead.")
        if not 0 <= self.keep <= 1:
            raise ValueError("How much recall after the exam counts lies between 0 and 1.")


def study_seconds(exams: Sequence[Exam], seconds: ArrayLike) -> FloatArray:
    """The learner's seconds on each day up to the last exam; raises ValueError where days lack."""
    days = max((exam.days for exam in exams), default=0)
    given = np.asarray(seconds, dtype=np.float64)
    if len(given) < days:
        raise ValueError(f"Seconds are given for {len(given)} days, but the exam is {days} away.")
    if (given < 0).any():
        raise ValueError("The seconds of a day cannot be negative.")
    return given[:days]
