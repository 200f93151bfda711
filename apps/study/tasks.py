"""Background work of study."""

from celery import shared_task
from django.utils import timezone

from apps.study.services import fit, plans


@shared_task
def plan_due_days() -> None:
    """Plan the day of every learner whose study day has begun."""
    plans.plan_due_days(now=timezone.now())


@shared_task
def fit_parameters() -> None:
    """Let every learner with enough new answers have their own FSRS parameters tried."""
    for enrolment_id in fit.enrolments_to_fit():
        fit_parameters_of.delay(enrolment_id)


@shared_task
def fit_parameters_of(enrolment_id: int) -> None:
    """Try parameters of one learner's own."""
    fit.fit_parameters(enrolment_id=enrolment_id, now=timezone.now())
