"""Learners' words about questions that are at fault."""

from django.db import transaction

from apps.quizzes.errors import NotSubmitted
from apps.quizzes.models import Attempt, Fault, Report


@transaction.atomic
def report_fault(*, attempt: Attempt, index: int, fault: Fault, words: str = "") -> Report:
    """Keep what a learner says about a question; saying it again replaces the open report.

    Raises NotSubmitted while the paper is running: a report must not ask for the answer.
    """
    item = attempt.items.select_related("question").get(index=index)
    if attempt.submitted_at is None and item.checked_at is None:
        raise NotSubmitted("A fault can be reported once the answer is known.")
    report, _ = Report.objects.update_or_create(
        question=item.question,
        user=attempt.user,
        is_settled=False,
        defaults={
            "question_version_id": item.question_version_id,
            "fault": fault,
            "words": words.strip(),
        },
    )
    return report


@transaction.atomic
def settle_reports(*, reports: list[Report]) -> int:
    """Put reports away that somebody has seen to; returns how many."""
    return Report.objects.filter(pk__in=[report.pk for report in reports], is_settled=False).update(
        is_settled=True
    )
