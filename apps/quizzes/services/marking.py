"""How an attempt ends: by the learner's hand or by the clock, and marked once."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from apps.accounts.models import Person
from apps.bank.models import QuestionKind
from apps.notes.models import Passage
from apps.quizzes.errors import NotChecked
from apps.quizzes.models import Attempt, AttemptItem, Ruling, RulingKind
from apps.quizzes.paper import options_of, right_order, right_pairs, with_new_key
from apps.quizzes.scoring import (
    ChoiceKey,
    Credit,
    Key,
    NumericKey,
    OrderKey,
    PairsKey,
    TypedKey,
    score_response,
)
from apps.quizzes.services.evidence import record_evidence


@transaction.atomic
def submit(*, attempt: Attempt, now: datetime) -> Attempt:
    """Hand in an attempt and mark it; one that is handed in already stays as it is.

    The answers become evidence for the cards they test.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.submitted_at is not None:
        return locked
    items = marked_items(locked)
    locked.submitted_at = now if locked.deadline is None else min(now, locked.deadline)
    tally(locked, items)
    locked.results["sources"] = {str(item.index): sources_of(item) for item in items}
    locked.save()
    record_evidence(attempt=locked, items=items, now=now)
    return locked


@transaction.atomic
def check(*, attempt: Attempt, index: int, now: datetime) -> AttemptItem:
    """Tell one question's answer before the end; from then on it takes no other.

    Raises NotChecked where this quiz tells its answers at the end only, or nothing was answered.
    """
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    item = next((each for each in items_of(locked) if each.index == index), None)
    if item is None:
        raise NotChecked("This paper has no such question.")
    if item.checked_at is not None or locked.submitted_at is not None:
        return item
    if not locked.tells_at_once:
        raise NotChecked("This quiz tells its answers once it is handed in.")
    if not item.response:
        raise NotChecked("Answer the question first.")
    mark([item], Credit(locked.credit))
    item.checked_at = now
    item.save(update_fields=["score", "ruling", "checked_at"])
    record_evidence(attempt=locked, items=[item], now=now)
    return item


def items_of(attempt: Attempt) -> list[AttemptItem]:
    """The questions of a paper with all that marking looks at."""
    passages = Prefetch("question__passages", Passage.objects.with_note())
    return list(
        attempt.items.select_related("question_version", "question").prefetch_related(passages)
    )


def marked_items(attempt: Attempt) -> list[AttemptItem]:
    """The questions of a paper, scored by the rules of the attempt and the newest rulings."""
    items = items_of(attempt)
    mark(items, Credit(attempt.credit))
    AttemptItem.objects.bulk_update(items, ["score", "ruling"])
    return items


def mark(items: Sequence[AttemptItem], credit: Credit) -> None:
    """Give each item its score and the ruling it follows from."""
    rulings = rulings_about(items)
    for item in items:
        ruling = newest_reaching(item, rulings[item.question_id])
        item.ruling = RulingKind.AS_WRITTEN if ruling is None else RulingKind(ruling.kind)
        item.score = score_of(item, ruling, credit)


def rulings_about(items: Sequence[AttemptItem]) -> Mapping[UUID | None, list[Ruling]]:
    """All that was decided about each of these questions, the newest first."""
    questions = {item.question_id for item in items if item.question_id is not None}
    rulings = Ruling.objects.filter(question__in=questions).select_related("version")
    found: dict[UUID | None, list[Ruling]] = defaultdict(list)
    for ruling in rulings.order_by("-pk"):
        found[ruling.question_id].append(ruling)
    return found


def newest_reaching(item: AttemptItem, rulings: Sequence[Ruling]) -> Ruling | None:
    """Of the rulings about its question, the last that speaks of the version that was asked."""
    number = item.question_version.number
    return next((ruling for ruling in rulings if ruling.reaches(number)), None)


def score_of(item: AttemptItem, ruling: Ruling | None, credit: Credit) -> float:
    """What the item's response is worth, after what was decided about the question."""
    content = item.question_version.content
    if ruling is not None:
        if ruling.kind == RulingKind.ALWAYS_CORRECT:
            return 1.0
        if ruling.kind == RulingKind.DISREGARD:
            return 0.0
        if ruling.kind == RulingKind.NEW_KEY and ruling.version is not None:
            content = with_new_key(content, ruling.version.content)
    return score_response(key_of(content, item.choice_order, credit), item.response)


def tally(attempt: Attempt, items: Sequence[AttemptItem]) -> None:
    """Sum up the scores of the questions that count. Where none does, nothing was wrong."""
    counting = [item for item in items if item.ruling != RulingKind.DISREGARD]
    attempt.points = math.fsum(item.score or 0 for item in counting)
    share = attempt.points / len(counting) if counting else 1.0
    # Rounded down, so that a score just below the pass mark is not shown as one that passes.
    attempt.percent = math.floor(round(1000 * share, 6)) / 10
    attempt.passed = attempt.percent >= attempt.pass_mark
    attempt.results["domains"] = points_by_domain(counting)


def key_of(content: Mapping[str, Any], choice_order: Sequence[int], credit: Credit) -> Key:
    """What the answers to a question are measured against."""
    accepted = tuple(str(answer) for answer in content["accepted"])
    match content["kind"]:
        case QuestionKind.TYPED:
            return TypedKey(accepted)
        case QuestionKind.NUMERIC:
            return NumericKey(accepted)
        case QuestionKind.ORDER:
            return OrderKey(tuple(right_order(choice_order)), credit)
        case QuestionKind.MATCH:
            return PairsKey(frozenset(right_pairs(content, choice_order)), credit)
    options = options_of(content, choice_order)
    return ChoiceKey(frozenset(option.id for option in options if option.is_correct), credit)


def points_by_domain(items: Sequence[AttemptItem]) -> list[dict[str, Any]]:
    """`{title, points, total}` of each domain, the one with most questions first."""
    titles = {item.domain for item in items}
    rows = [
        {
            "title": title,
            "points": math.fsum(item.score or 0 for item in items if item.domain == title),
            "total": sum(item.domain == title for item in items),
        }
        for title in sorted(titles)
    ]
    return sorted(rows, key=lambda row: -row["total"])


def sources_of(item: AttemptItem) -> list[dict[str, Any]]:
    """The passages the question cites at this moment."""
    if item.question is None:
        return []
    return [
        {
            "note_id": passage.version.note_id,
            "note": passage.version.note.name,
            "page": passage.page,
            "first_line": passage.first_line,
            "last_line": passage.last_line,
            "text": passage.quote,
        }
        for passage in item.question.passages.all()
    ]


def close_expired(*, now: datetime, user: Person | None = None) -> int:
    """Hand in what is past its deadline and grace, for everybody or for one learner.

    Returns how many. Each attempt is a transaction of its own.
    """
    attempts = Attempt.objects.all() if user is None else Attempt.objects.visible_to(user)
    expired = list(attempts.expired(now).order_by("deadline"))
    for attempt in expired:
        submit(attempt=attempt, now=now)
    return len(expired)
