"""How an attempt ends: by the learner's hand or by the clock, and marked once."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from apps.accounts.models import Person
from apps.bank.models import QuestionKind
from apps.notes.models import Passage
from apps.quizzes.models import Attempt, AttemptItem, QuizKind
from apps.quizzes.paper import options_of, right_order, right_pairs
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


@transaction.atomic
def submit(*, attempt: Attempt, now: datetime) -> Attempt:
    """Hand in an attempt and mark it; one that is handed in already stays as it is."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.submitted_at is not None:
        return locked
    passages = Prefetch("question__passages", Passage.objects.with_note())
    items = list(
        locked.items.select_related("question_version", "question").prefetch_related(passages)
    )
    for item in items:
        item.score = score_response(key_of(item, QuizKind(locked.kind)), item.response)
    AttemptItem.objects.bulk_update(items, ["score"])
    locked.submitted_at = now if locked.deadline is None else min(now, locked.deadline)
    locked.points = math.fsum(item.score or 0 for item in items)
    # Rounded down, so that a score just below the pass mark is not shown as one that passes.
    locked.percent = math.floor(round(1000 * locked.points / len(items), 6)) / 10
    locked.passed = locked.percent >= locked.pass_mark
    locked.results = {
        "domains": points_by_domain(items),
        "sources": {str(item.index): sources_of(item) for item in items},
    }
    locked.save()
    return locked


def key_of(item: AttemptItem, kind: QuizKind) -> Key:
    """What the item's answers are measured against; only practice gives part of a point."""
    content = item.question_version.content
    accepted = tuple(str(answer) for answer in content["accepted"])
    credit = Credit.PROPORTIONAL if kind == QuizKind.QUICK else Credit.EXACT
    match content["kind"]:
        case QuestionKind.TYPED:
            return TypedKey(accepted)
        case QuestionKind.NUMERIC:
            return NumericKey(accepted)
        case QuestionKind.ORDER:
            return OrderKey(tuple(right_order(item.choice_order)), credit)
        case QuestionKind.MATCH:
            return PairsKey(frozenset(right_pairs(content, item.choice_order)), credit)
    options = options_of(content, item.choice_order)
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
