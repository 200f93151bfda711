"""What a learner sees of an attempt while it runs: the paper, without a word on what is right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.bank.models import QuestionKind
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.paper import options_of, targets_of


@dataclass(frozen=True)
class PaperOption:
    """A choice without a word on whether it is right."""

    id: str
    text: str


@dataclass(frozen=True)
class PaperItem:
    """A question as it is asked.

    `choose` is how many choices it takes; 0 where there is nothing to choose. `options` are the
    choices, the steps of an order, or the terms of a match, and `targets` the match's meanings.
    `stimulus` is the case the question belongs to. Once `is_checked`, no other answer is taken.
    """

    index: int
    kind: str
    stimulus: str
    stem: str
    options: list[PaperOption]
    targets: list[PaperOption]
    choose: int
    response: list[str]
    flagged: bool
    seq: int
    spent_ms: int
    is_checked: bool


@dataclass(frozen=True)
class Paper:
    """A paper with the answers so far, enough to go on with it on any device."""

    attempt: Attempt
    remaining_ms: int | None
    items: list[PaperItem]


def paper_of(*, attempt: Attempt, now: datetime) -> Paper:
    """The questions of an attempt, without anything that tells their answers."""
    items = attempt.items.select_related("question_version")
    return Paper(
        attempt=attempt,
        remaining_ms=attempt.remaining_ms(now),
        items=[paper_item(item) for item in items],
    )


def paper_item(item: AttemptItem) -> PaperItem:
    """One question as it is asked."""
    content = item.question_version.content
    options = options_of(content, item.choice_order)
    return PaperItem(
        index=item.index,
        kind=content["kind"],
        stimulus=item.stimulus,
        stem=content["stem"],
        options=[PaperOption(option.id, option.text) for option in options],
        targets=[PaperOption(target.id, target.text) for target in targets_of(content)],
        choose=sum(option.is_correct for option in options) if is_chosen(content) else 0,
        response=item.response,
        flagged=item.flagged,
        seq=item.seq,
        spent_ms=item.spent_ms,
        is_checked=item.checked_at is not None,
    )


def is_chosen(content: Mapping[str, Any]) -> bool:
    """Whether a question is answered by choosing among its options."""
    return content["kind"] not in (QuestionKind.ORDER, QuestionKind.MATCH)
