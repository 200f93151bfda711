"""What a learner sees of an attempt: the paper while it runs, the results afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.bank.models import QuestionKind
from apps.quizzes.errors import NotSubmitted
from apps.quizzes.models import Attempt, AttemptItem
from apps.quizzes.paper import Option, options_of, right_pairs, targets_of


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
    """

    index: int
    kind: str
    stem: str
    options: list[PaperOption]
    targets: list[PaperOption]
    choose: int
    response: list[str]
    flagged: bool
    seq: int


@dataclass(frozen=True)
class Paper:
    """A paper with the answers so far, enough to go on with it on any device."""

    attempt: Attempt
    remaining_ms: int | None
    items: list[PaperItem]


@dataclass(frozen=True)
class ResultOption:
    """A choice with whether it is right, whether it was chosen, and why."""

    id: str
    text: str
    is_correct: bool
    is_chosen: bool
    why: str


@dataclass(frozen=True)
class ItemResult:
    """A question with the learner's answer, the right one and the reasons.

    `your_answer` and `right_answer` are texts: of choices, of steps in their order, of pairs, or
    typed ones; `options` are empty where nothing was to be chosen. `sources` are
    `{note_id, note, page, first_line, last_line, text}`, pages and lines counted from 1; the page
    is None where a note has none.
    """

    index: int
    domain: str
    kind: str
    stem: str
    score: float
    flagged: bool
    your_answer: list[str]
    right_answer: list[str]
    options: list[ResultOption]
    explanation: str
    sources: list[dict[str, Any]]

    @property
    def is_right(self) -> bool:
        return self.score == 1


@dataclass(frozen=True)
class Results:
    """A marked attempt. `domains` are `{title, points, total}`."""

    attempt: Attempt
    domains: list[dict[str, Any]]
    items: list[ItemResult]


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
        stem=content["stem"],
        options=[PaperOption(option.id, option.text) for option in options],
        targets=[PaperOption(target.id, target.text) for target in targets_of(content)],
        choose=sum(option.is_correct for option in options) if is_chosen(content) else 0,
        response=item.response,
        flagged=item.flagged,
        seq=item.seq,
    )


def results_of(*, attempt: Attempt) -> Results:
    """The marked attempt with every right answer; raises NotSubmitted while it runs."""
    if attempt.submitted_at is None:
        raise NotSubmitted("The answers are shown once the paper is handed in.")
    sources = attempt.results["sources"]
    return Results(
        attempt=attempt,
        domains=attempt.results["domains"],
        items=[
            item_result(item, sources[str(item.index)])
            for item in attempt.items.select_related("question_version")
        ],
    )


def item_result(item: AttemptItem, sources: list[dict[str, Any]]) -> ItemResult:
    """One marked question."""
    content = item.question_version.content
    options = options_of(content, item.choice_order)
    return ItemResult(
        index=item.index,
        domain=item.domain,
        kind=content["kind"],
        stem=content["stem"],
        score=item.score or 0.0,
        flagged=item.flagged,
        your_answer=in_words(item, item.response),
        right_answer=right_words(item),
        options=[
            ResultOption(
                option.id, option.text, option.is_correct, option.id in item.response, option.why
            )
            for option in options
            if is_chosen(content)
        ],
        explanation=content["explanation"],
        # Attempts marked before citations told the page have none.
        sources=[{"page": None} | source for source in sources],
    )


def texts(options: Sequence[Option], chosen: Sequence[str]) -> list[str]:
    """The words of the chosen options, in the order of the paper."""
    return [option.text for option in options if option.id in chosen]


def is_chosen(content: Mapping[str, Any]) -> bool:
    """Whether a question is answered by choosing among its options."""
    return content["kind"] not in (QuestionKind.ORDER, QuestionKind.MATCH)


def in_words(item: AttemptItem, response: Sequence[str]) -> list[str]:
    """A response in words: texts of choices, steps in the order given, pairs, or what was typed."""
    content = item.question_version.content
    options = options_of(content, item.choice_order)
    by_id = {option.id: option.text for option in options}
    if content["kind"] == QuestionKind.ORDER:
        return [by_id[each] for each in response]
    if content["kind"] == QuestionKind.MATCH:
        meanings = {target.id: target.text for target in targets_of(content)}
        pairs = [pair.partition("=") for pair in response]
        return [f"{by_id[term]}: {meanings[meaning]}" for term, _, meaning in sorted(pairs)]
    return texts(options, response) if options else list(response)


def right_words(item: AttemptItem) -> list[str]:
    """The right answer in words, or all that are accepted."""
    content = item.question_version.content
    if content["kind"] == QuestionKind.MATCH:
        return in_words(item, right_pairs(content, item.choice_order))
    options = options_of(content, item.choice_order)
    right = [option.text for option in options if option.is_correct]
    return right or [str(answer) for answer in content["accepted"]]
