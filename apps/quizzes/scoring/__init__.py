"""How much an answer is worth: pure functions of a key and a response."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.quizzes.scoring.typed import score_typed

__all__ = ["ChoiceKey", "Credit", "Key", "TypedKey", "score_response"]


class Credit(StrEnum):
    """What choosing some of several right choices is worth.

    EXACT: nothing, as in the exam. PROPORTIONAL: the share of the right choices that was
    found, and nothing as soon as a wrong one is chosen; otherwise choosing everything would
    pay. The second is RELATE's `proportional_correct`.
    """

    EXACT = "exact"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True)
class ChoiceKey:
    """The ids of the right choices."""

    right: frozenset[str]
    credit: Credit = Credit.EXACT


@dataclass(frozen=True)
class TypedKey:
    """The answers that are accepted, as their author wrote them."""

    accepted: tuple[str, ...]


Key = ChoiceKey | TypedKey


def score_response(key: Key, response: Sequence[str]) -> float:
    """The worth of a response, from 0 to 1.

    `response` holds the ids of the chosen choices, or the typed text alone. An empty response
    is worth nothing.
    """
    if not response:
        return 0.0
    if isinstance(key, TypedKey):
        return score_typed(key.accepted, response[0])
    return score_choices(key, frozenset(response))


def score_choices(key: ChoiceKey, chosen: frozenset[str]) -> float:
    """The worth of a set of choices."""
    if chosen == key.right:
        return 1.0
    if key.credit is Credit.EXACT or not chosen <= key.right:
        return 0.0
    return len(chosen) / len(key.right)
