"""What is decided about a question after it was answered, and the marking that follows from it."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.bank.models import Question, QuestionVersion
from apps.common.errors import DomainError
from apps.quizzes.models import Attempt, AttemptItem, Regrade, Ruling, RulingKind
from apps.quizzes.paper import with_new_key
from apps.quizzes.services.evidence import take_back
from apps.quizzes.services.marking import marked_items, tally


@transaction.atomic
def rule(
    *, question: Question, kind: RulingKind, reason: str, made_by: User | None, now: datetime
) -> Ruling:
    """Decide how a question counts, and mark every handed-in attempt with it again.

    What changed is kept for each attempt. Running attempts follow the ruling when they are
    handed in. It speaks of the question as it reads now and as it read before. Raises
    OtherQuestion where a new key does not fit what was asked.
    """
    if not reason.strip():
        raise DomainError("Say why: the learners whose results change are told.")
    version = QuestionVersion.objects.get(question=question, number=question.version)
    if kind == RulingKind.NEW_KEY:
        check_fits_all(version)
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


def check_fits_all(newest: QuestionVersion) -> None:
    """Raise OtherQuestion unless its key fits every version on a paper, running ones too."""
    papers = AttemptItem.objects.filter(question_version__question=newest.question_id)
    asked = QuestionVersion.objects.filter(pk__in=papers.values("question_version"))
    for version in asked:
        with_new_key(version.content, newest.content)


def regrade(ruling: Ruling, attempt: Attempt) -> None:
    """Mark one attempt again, keeping what it was worth before where that changes."""
    before = (attempt.points or 0.0, attempt.percent or 0.0, bool(attempt.passed))
    domains = attempt.results["domains"]
    items = marked_items(attempt)
    tally(attempt, items)
    after = (attempt.points or 0.0, attempt.percent or 0.0, bool(attempt.passed))
    if before == after and domains == attempt.results["domains"]:
        return
    attempt.save(update_fields=["points", "percent", "passed", "results"])
    again = [item for item in items if item.question_id == ruling.question_id]
    take_back(attempt=attempt, items=again, now=ruling.made_at)
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
