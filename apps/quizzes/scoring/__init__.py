"""How much an answer is worth: pure functions of a key and a response."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from apps.quizzes.scoring.interval import Interval, score_interval
from apps.quizzes.scoring.numeric import score_numeric
from apps.quizzes.scoring.typed import score_typed

__all__ = [
    "ChoiceKey",
    "Credit",
    "Interval",
    "Key",
    "NumericKey",
    "OrderKey",
    "PairsKey",
    "TypedKey",
    "score_interval",
    "score_response",
]


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


@dataclass(frozen=True)
class NumericKey:
    """A number with its unit in the forms that are accepted; the same amount counts in any unit."""

    accepted: tuple[str, ...]


@dataclass(frozen=True)
class OrderKey:
    """The ids of the steps in their right order.

    Where part of a point is given, it is the share of neighbours that follow each other rightly.
    """

    right: tuple[str, ...]
    credit: Credit = Credit.EXACT


@dataclass(frozen=True)
class PairsKey:
    """The right pairs, each written "term=meaning" in ids.

    Where part of a point is given, it is the share of the right pairs.
    """

    right: frozenset[str]
    credit: Credit = Credit.EXACT


Key = ChoiceKey | TypedKey | NumericKey | OrderKey | PairsKey


def score_response(key: Key, response: Sequence[str]) -> float:
    """The worth of a response, from 0 to 1.

    `response` holds the ids of the chosen choices, the typed text alone, the ids of all steps in
    their order, or pairs of ids. An empty response is worth nothing.
    """
    if not response:
        return 0.0
    match key:
        case TypedKey():
            return score_typed(key.accepted, response[0])
        case NumericKey():
            return score_numeric(key.accepted, response[0])
        case OrderKey():
            return score_order(key, tuple(response))
        case PairsKey():
            return score_pairs(key, frozenset(response))
        case ChoiceKey():
            return score_choices(key, frozenset(response))


def score_order(key: OrderKey, given: tuple[str, ...]) -> float:
    """The worth of an order of steps."""
    if given == key.right:
        return 1.0
    if key.credit is Credit.EXACT or sorted(given) != sorted(key.right):
        return 0.0
    right = set(pairwise(key.right))
    found = right.intersection(pairwise(given))
    return len(found) / len(right)


def score_pairs(key: PairsKey, given: frozenset[str]) -> float:
    """The worth of a set of pairs; each term is in one of them at most."""
    if given == key.right:
        return 1.0
    return 0.0 if key.credit is Credit.EXACT else len(given & key.right) / len(key.right)


def score_choices(key: ChoiceKey, chosen: frozenset[str]) -> float:
    """The worth of a set of choices."""
    if chosen == key.right:
        return 1.0
    if key.credit is Credit.EXACT or not chosen <= key.right:
        return 0.0
    return len(chosen) / len(key.right)
