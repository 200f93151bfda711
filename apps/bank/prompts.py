"""The ways in which a card is asked: its prompts, each with an ordinal and a memory of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from apps.bank.models import LISTED, CardKind, Side

# Anki's notation, as authors know it: {{c1::hidden}} or {{c1::hidden::hint}}.
GAP = re.compile(r"\{\{c(?P<number>[1-9]\d?)::(?P<hidden>.+?)(?:::(?P<hint>.+?))?\}\}", re.S)


class CardText(Protocol):
    """Whatever has a card's words."""

    kind: str
    front: str
    back: str
    items: list[str]


@dataclass(frozen=True)
class Prompt:
    """One way of asking a card: show `question`, then `answer`, or `items` one by one.

    `ordinal` counts as Anki's does: 0 for the first template or the gaps numbered 1.
    """

    ordinal: int
    question: str
    answer: str
    items: tuple[str, ...] = ()


def is_asked_with(side: str, kind: str, ordinal: int) -> bool:
    """Whether a side of a card is there with the question; the way back asks with the back."""
    is_way_back = kind == CardKind.REVERSED and ordinal == 1
    return (side == Side.FRONT) != is_way_back


def gap_numbers(front: str) -> list[int]:
    """The gap numbers of a cloze text, ascending."""
    return sorted({int(gap["number"]) for gap in GAP.finditer(front)})


def cloze_prompt(front: str, number: int) -> tuple[str, str]:
    """The text with this number's gaps hidden, and with all gaps filled."""

    def hide(gap: re.Match[str]) -> str:
        if int(gap["number"]) == number:
            return f"[{gap['hint'] or '…'}]"
        return gap["hidden"]

    return GAP.sub(hide, front), GAP.sub(lambda gap: gap["hidden"], front)


def prompts_of(card: CardText) -> Sequence[Prompt]:
    """All prompts of a card, in the order of their ordinals."""
    if card.kind == CardKind.REVERSED:
        return [Prompt(0, card.front, card.back), Prompt(1, card.back, card.front)]
    if card.kind == CardKind.CLOZE:
        prompts = []
        for number in gap_numbers(card.front):
            question, whole = cloze_prompt(card.front, number)
            answer = f"{whole}\n{card.back}" if card.back else whole
            prompts.append(Prompt(number - 1, question, answer))
        return prompts
    if card.kind in LISTED:
        return [Prompt(0, card.front, "\n".join(card.items), tuple(card.items))]
    return [Prompt(0, card.front, card.back)]
