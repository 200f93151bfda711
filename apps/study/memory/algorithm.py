"""What a memory model must be able to do for us, and which one a set of parameters belongs to.

The log of answers outlives every model: another one (FSRS-7 has 35 parameters and answers on
the same day count in full) is a class with these three methods and a line in `algorithm_for`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from apps.study.memory import fsrs
from apps.study.memory.fsrs import Memory


class Algorithm(Protocol):
    """How memory changes and fades, for one set of parameters."""

    def next_memory(self, memory: Memory | None, rating: int, elapsed_days: int) -> Memory:
        """The memory after an answer; `memory` is None for the first one."""

    def retrievability(self, memory: Memory, elapsed_days: float) -> float:
        """The chance of recall, 0 to 1."""

    def interval(self, memory: Memory, desired_retention: float) -> int:
        """The whole days until recall falls to `desired_retention`, at least 1."""


@dataclass(frozen=True)
class Fsrs6:
    """FSRS-6 with 21 parameters."""

    parameters: Sequence[float] = fsrs.DEFAULT_PARAMETERS

    def next_memory(self, memory: Memory | None, rating: int, elapsed_days: int) -> Memory:
        return fsrs.next_memory(memory, rating, elapsed_days, self.parameters)

    def retrievability(self, memory: Memory, elapsed_days: float) -> float:
        return fsrs.retrievability(memory.stability, elapsed_days, self.parameters)

    def interval(self, memory: Memory, desired_retention: float) -> int:
        return fsrs.interval_days(memory.stability, desired_retention, self.parameters)


def algorithm_for(parameters: Sequence[float]) -> Algorithm:
    """The model whose parameters these are, told by their number; ValueError for no model's."""
    return Fsrs6(fsrs.checked(parameters))
