"""Drawing a paper: which questions, in which order, with their options in which order.

Everything follows from the seed of the attempt, so a paper can be drawn again for a check.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from apps.bank.models import WRITTEN, QuestionKind
from apps.quizzes.errors import OtherQuestion

PARTED = (QuestionKind.ORDER, QuestionKind.MATCH)


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn.

    `met_at` is when an attempt last held it, if one did. `strength` says how well the learner
    knows its topic, where that is to decide: the weakest come first. `case` and `place` are the
    case it belongs to and its place there.
    """

    question: UUID
    version: int
    domain: int
    met_at: datetime | None = None
    strength: float = 0.0
    case: int | None = None
    place: int = 0


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

    Questions of the weakest topics come first, then those the learner never met, then those met
    longest ago. The questions of a case come together. What a domain cannot fill is filled from
    all the others; without weights every question is as likely as any other.
    """
    groups = sorted(grouped(candidates), key=lambda group: preference(group, seed))
    chosen: list[list[Candidate]] = []
    if weights:
        shares = share_out(count, list(weights.values()))
        for domain, share in zip(weights, shares, strict=True):
            chosen += fitting([each for each in groups if each[0].domain == domain], share)
    taken = {group[0].question for group in chosen}
    others = [group for group in groups if group[0].question not in taken]
    chosen += fitting(others, count - sum(map(len, chosen)))
    in_order = sorted(chosen, key=lambda group: rank(seed, "order", group[0].question))
    return [each for group in in_order for each in group] + cut_short(groups, chosen, count)


def grouped(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The questions of each case in their order, and every other question alone."""
    cases: dict[object, list[Candidate]] = {}
    for each in candidates:
        key = each.question if each.case is None else each.case
        cases.setdefault(key, []).append(each)
    return [sorted(group, key=lambda each: (each.place, each.question)) for group in cases.values()]


def fitting(groups: Iterable[list[Candidate]], room: int) -> list[list[Candidate]]:
    """The first groups that find room, a larger one leaving its place to smaller ones."""
    found = []
    for group in groups:
        if len(group) <= room:
            found.append(group)
            room -= len(group)
    return found


def cut_short(
    groups: Sequence[list[Candidate]], chosen: Sequence[list[Candidate]], count: int
) -> list[Candidate]:
    """The beginning of a case too long for what is left of a paper, when nothing else is left."""
    room = count - sum(map(len, chosen))
    left = next((group for group in groups if group not in chosen), [])
    return left[:room]


def preference(group: Sequence[Candidate], seed: str) -> tuple[float, float, bytes]:
    """Sorts groups by the learner's strength, then by when they were met, equals at random."""
    met = max(each.met_at.timestamp() if each.met_at else 0.0 for each in group)
    return group[0].strength, met, rank(seed, "draw", group[0].question)


def shuffled_choices(content: Mapping[str, Any], *, question: UUID, seed: str) -> list[int]:
    """The author's positions of the choices in the order the paper shows them.

    True or false keeps its order: there is nothing to hide in it. Steps may come in their right
    order like in any other: a paper that avoided it would tell something.
    """
    positions = list(range(len(parts_of(content))))
    if content["kind"] == QuestionKind.TRUE_FALSE:
        return positions
    return sorted(positions, key=lambda position: rank(seed, "choice", question, position))


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


def with_new_key(content: Mapping[str, Any], newer: Mapping[str, Any]) -> dict[str, Any]:
    """A question as it was asked, with the key of a newer version.

    Choices are known by their words, whatever their order. Raises OtherQuestion where the newer
    version offers other ones.
    """
    kind = content["kind"]
    if kind == newer["kind"] and kind in WRITTEN:
        return {**content, "accepted": newer["accepted"]}
    right = {choice["text"]: choice["is_correct"] for choice in newer["choices"]}
    offered = [choice["text"] for choice in content["choices"]]
    if kind != newer["kind"] or kind in PARTED or sorted(right) != sorted(offered):
        raise OtherQuestion(
            "The newest version offers other choices than the one that was answered. "
            "Let the question be always correct, or disregard it."
        )
    choices = [choice | {"is_correct": right[choice["text"]]} for choice in content["choices"]]
    return {**content, "choices": choices}


def rank(seed: str, *labels: object) -> bytes:
    """A place in a shuffle that nobody can foresee without the seed."""
    message = "/".join(str(label) for label in labels)
    return hmac.digest(seed.encode(), message.encode(), hashlib.sha256)
