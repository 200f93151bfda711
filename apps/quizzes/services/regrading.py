"""What is decided about a question after it was answered, and the marking that follows from it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from apps.accounts.models import User
from apps.bank.models import Question, QuestionVersion
from apps.common.errors import DomainError
from apps.quizzes.models import Attempt, Regrade, Ruling, RulingKind
from apps.quizzes.services.marking import marked_items, tally


@transaction.atomic
def rule(
    *, question: Question, kind: RulingKind, reason: str, made_by: User | None, now: datetime
) -> Ruling:
    """Decide how a question counts, and mark every handed-in attempt with it again.

    What changed is kept for each attempt. Running attempts follow the ruling when they are
    handed in. Raises OtherQuestion where a new key does not fit what was answered.
    """
    if not reason.strip():
        raise DomainError("Say why: the learners whose results change are told.")
    version = None
    if kind == RulingKind.NEW_KEY:
        version = QuestionVersion.objects.get(question=question, number=question.version)
    ruling = Ruling.objects.create(
        question=question,
        kind=kind,
        version=version,
        reason=reason.strip(),
        made_by=made_by,
        made_at=now,
    )
    touched = Attempt.objects.submitted().filter(items__question=question).distinct()
    for pk in touched.order_by("pk").values_list("pk", flat=True):
        regrade(ruling, Attempt.objects.select_for_update().get(pk=pk))
    return ruling


def regrade(ruling: Ruling, attempt: Attempt) -> None:
    """Mark one attempt again, keeping what it was worth before where that changes."""
    before = (attempt.points or 0.0, attempt.percent or 0.0, bool(attempt.passed))
    domains = attempt.results["domains"]
    tally(attempt, marked_items(attempt))
    after = (attempt.points or 0.0, attempt.percent or 0.0, bool(attempt.passed))
    if before == after and domains == attempt.results["domains"]:
        return
    attempt.save(update_fields=["points", "percent", "passed", "results"])
    Regrade.objects.create(
        ruling=ruling,
        attempt=attempt,
        points_before=before[0],
        points_after=after[0],
        percent_before=before[1],
        percent_after=after[1],
        passed_before=before[2],
        passed_after=after[2],
    )


def outdated(question: Question) -> int:
    """How many handed-in answers were given to an earlier version of the question."""
    answers = question.attempt_items.exclude(attempt__submitted_at=None)
    return answers.exclude(question_version__number=F("question__version")).count()
