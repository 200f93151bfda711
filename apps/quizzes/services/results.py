"""What a learner sees of a marked attempt: scores with how sure they are, and every reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.bank.models import QuestionKind
from apps.quizzes.errors import NotSubmitted
from apps.quizzes.models import Attempt, AttemptItem, Regrade, RulingKind
from apps.quizzes.paper import Option, options_of, right_pairs, targets_of
from apps.quizzes.scoring import Interval, score_interval
from apps.quizzes.services.marking import sources_of
from apps.quizzes.services.papers import is_chosen


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
    is None where a note has none. `ruling` tells how the question was marked after all. A question
    of the learner's own cannot be reported: they may mend it.
    """

    index: int
    domain: str
    kind: str
    stimulus: str
    stem: str
    score: float
    ruling: str
    flagged: bool
    spent_ms: int
    your_answer: list[str]
    right_answer: list[str]
    options: list[ResultOption]
    explanation: str
    sources: list[dict[str, Any]]
    can_be_reported: bool

    @property
    def is_right(self) -> bool:
        return self.score == 1

    @property
    def counts(self) -> bool:
        return self.ruling != RulingKind.DISREGARD

    @property
    def is_missed(self) -> bool:
        return self.counts and not self.is_right


@dataclass(frozen=True)
class DomainResult:
    """How one domain went: `weight` is its part of the exam, None for a topic without one.

    `interval` is where the learner's level likely lies, as shares from 0 to 1.
    """

    title: str
    points: float
    total: int
    weight: int | None
    interval: Interval


@dataclass(frozen=True)
class Results:
    """A marked attempt; `interval` is where the learner's level likely lies."""

    attempt: Attempt
    interval: Interval
    domains: list[DomainResult]
    items: list[ItemResult]
    regrades: list[Regrade]


def results_of(*, attempt: Attempt) -> Results:
    """The marked attempt with every right answer; raises NotSubmitted while it runs."""
    if attempt.submitted_at is None:
        raise NotSubmitted("The answers are shown once the paper is handed in.")
    sources = attempt.results["sources"]
    weights = {share["title"]: share["weight"] for share in attempt.shares}
    items = [
        item_result(item, sources[str(item.index)])
        for item in attempt.items.select_related("question_version", "question")
    ]
    return Results(
        attempt=attempt,
        interval=score_interval(attempt.points or 0.0, sum(item.counts for item in items)),
        domains=[
            DomainResult(
                **domain,
                weight=weights.get(domain["title"]),
                interval=score_interval(domain["points"], domain["total"]),
            )
            for domain in attempt.results["domains"]
        ],
        items=items,
        regrades=list(attempt.regrades.select_related("ruling__question")),
    )


def checked_result(item: AttemptItem) -> ItemResult:
    """One question whose answer has been told before the end."""
    return item_result(item, sources_of(item))


def item_result(item: AttemptItem, sources: list[dict[str, Any]]) -> ItemResult:
    """One marked question."""
    content = item.question_version.content
    options = options_of(content, item.choice_order)
    return ItemResult(
        index=item.index,
        domain=item.domain,
        kind=content["kind"],
        stimulus=item.stimulus,
        stem=content["stem"],
        score=item.score or 0.0,
        ruling=item.ruling,
        flagged=item.flagged,
        spent_ms=item.spent_ms,
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
        can_be_reported=item.question is not None and item.question.owner_id is None,
    )


def texts(options: Sequence[Option], chosen: Sequence[str]) -> list[str]:
    """The words of the chosen options, in the order of the paper."""
    return [option.text for option in options if option.id in chosen]


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
