"""Drawing a paper: which questions, in which order, with their options in which order.

Everything follows from the seed of the attempt, so a paper can be drawn again for a check.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from apps.bank.models import QuestionKind


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn. `met_at` is when an attempt last held it, if one did."""

    question: UUID
    version: int
    domain: int
    met_at: datetime | None = None


@dataclass(frozen=True)
class Option:
    """A choice as one attempt offers it: `id` says nothing of the author's order."""

    id: str
    text: str
    is_correct: bool
    why: str


@dataclass(frozen=True)
class Target:
    """A meaning that a term of a match may be given."""

    id: str
    text: str


def share_out(count: int, weights: Sequence[int]) -> list[int]:
    """Split `count` in proportion to `weights` by the method of largest remainders.

    Equal remainders go to the larger weight, then to the first. Weights need not add up to 100,
    but one must be above 0.
    """
    total = sum(weights)
    exact = [Fraction(count * weight, total) for weight in weights]
    shares = [int(share) for share in exact]
    places = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], -weights[i], i))
    for place in places[: count - sum(shares)]:
        shares[place] += 1
    return shares


def draw(
    candidates: Sequence[Candidate], *, weights: Mapping[int, int], count: int, seed: str
) -> list[Candidate]:
    """At most `count` of the candidates, shared out over the domains by weight, in paper order.

    Questions the learner never met come first, then those met longest ago. What a domain cannot
    fill is filled from all the others; without weights every question is as likely as any other.
    """
    preferred = sorted(candidates, key=lambda each: preference(each, seed))
    chosen: list[Candidate] = []
    if weights:
        shares = share_out(count, list(weights.values()))
        for domain, share in zip(weights, shares, strict=True):
            chosen += [each for each in preferred if each.domain == domain][:share]
    taken = {each.question for each in chosen}
    others = [each for each in preferred if each.question not in taken]
    chosen += others[: count - len(chosen)]
    return sorted(chosen, key=lambda each: rank(seed, "order", each.question))


def preference(candidate: Candidate, seed: str) -> tuple[float, bytes]:
    """Sorts questions by when they were last met, equals at random."""
    met = candidate.met_at.timestamp() if candidate.met_at else 0.0
    return met, rank(seed, "draw", candidate.question)


def shuffled_choices(content: Mapping[str, Any], *, question: UUID, seed: str) -> list[int]:
    """The author's positions of the choices in the order the paper shows them.

    True or false keeps its order: there is nothing to hide in it. Steps to be put in order are
    never shown in the right one.
    """
    positions = list(range(len(parts_of(content))))
    if content["kind"] == QuestionKind.TRUE_FALSE:
        return positions
    shuffled = sorted(positions, key=lambda position: rank(seed, "choice", question, position))
    if content["kind"] == QuestionKind.ORDER and shuffled == positions:
        return [*positions[1:], *positions[:1]]
    return shuffled


def parts_of(content: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """What a question version shows besides its stem: its choices, or the steps of an order."""
    if content["kind"] == QuestionKind.ORDER:
        return [{"text": str(step), "is_correct": False, "why": ""} for step in content["accepted"]]
    choices: Sequence[Mapping[str, Any]] = content["choices"]
    return choices


def options_of(content: Mapping[str, Any], choice_order: Sequence[int]) -> list[Option]:
    """The choices of a question version as an attempt offers them, with ids o1, o2, …"""
    parts = parts_of(content)
    return [
        Option(
            id=f"o{place}",
            text=parts[position]["text"],
            is_correct=parts[position]["is_correct"],
            why=parts[position]["why"],
        )
        for place, position in enumerate(choice_order, start=1)
    ]


def targets_of(content: Mapping[str, Any]) -> list[Target]:
    """The meanings of a match in the order of the alphabet, with ids m1, m2, …

    That order says nothing of the terms, whose own order is drawn for each attempt.
    """
    if content["kind"] != QuestionKind.MATCH:
        return []
    meanings = sorted(choice["why"] for choice in content["choices"])
    return [Target(f"m{place}", meaning) for place, meaning in enumerate(meanings, start=1)]


def right_pairs(content: Mapping[str, Any], choice_order: Sequence[int]) -> list[str]:
    """The pairs of a match as a response holds them: "o2=m1" gives the second term a meaning."""
    ids = {target.text: target.id for target in targets_of(content)}
    return [f"{option.id}={ids[option.why]}" for option in options_of(content, choice_order)]


def right_order(choice_order: Sequence[int]) -> list[str]:
    """The ids of the steps of an order in their right order."""
    places = sorted(range(len(choice_order)), key=lambda place: choice_order[place])
    return [f"o{place + 1}" for place in places]


def rank(seed: str, *labels: object) -> bytes:
    """A place in a shuffle that nobody can foresee without the seed."""
    message = "/".join(str(label) for label in labels)
    return hmac.digest(seed.encode(), message.encode(), hashlib.sha256)
