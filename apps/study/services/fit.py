"""FSRS parameters of a learner's own, where they foretell better and the extra is installed.

`pip install passnotes[fit]` brings fsrs-rs-python, which does the fitting. Without it nobody
misses more than the third decimal: the calibration does most of the work.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module, metadata
from importlib.util import find_spec
from statistics import mean
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.study.memory import fitting, replay
from apps.study.memory.fsrs import PARAMETER_COUNT
from apps.study.memory.replay import Answer
from apps.study.models import Enrolment, EventKind, Fit, ReviewEvent
from apps.study.services.memories import logs_of, rebuild

MODULE, PACKAGE = "fsrs_rs_python", "fsrs-rs-python"
FEWEST_REVIEWS = 1_000
NEW_REVIEWS, NEW_SHARE = 500, 0.2
EPOCHS = 8
FEWEST_HISTORIES = 100


def optimiser() -> Any | None:
    """The module that fits, or None: the one place that knows of an optional dependency.

    It is looked up at run time because an installation without the extra is a complete one.
    """
    return import_module(MODULE) if find_spec(MODULE) is not None else None


def due_for_fit() -> QuerySet[Enrolment]:
    """Enrolments with enough answers, and enough new ones since the last attempt."""
    last = Fit.objects.filter(enrolment=OuterRef("pk")).order_by("-fitted_at", "-pk")
    return (
        Enrolment.objects.annotate(
            answered=Count("events", filter=Q(events__kind=EventKind.ANSWER)),
            fitted_with=Coalesce(Subquery(last.values("reviews")[:1]), 0),
        )
        .filter(answered__gte=FEWEST_REVIEWS)
        .filter(
            Q(answered__gte=F("fitted_with") + NEW_REVIEWS)
            | Q(answered__gte=F("fitted_with") * (1 + NEW_SHARE))
        )
        .order_by("pk")
    )


def enrolments_to_fit() -> list[int]:
    """The keys of those enrolments; none where the extra is not installed."""
    return list(due_for_fit().values_list("pk", flat=True)) if optimiser() else []


def fit_parameters(*, enrolment_id: int, now: datetime) -> Fit | None:
    """Try parameters fitted to this learner, and keep them if they foretell better.

    Returns what came of it; None where nothing was due or the extra is missing. Fitting happens
    outside the transaction, which then checks under the enrolment's lock that no other worker
    was faster, stores the attempt and, if accepted, replays all memories.
    """
    fitter = optimiser()
    enrolment = due_for_fit().select_related("user").filter(pk=enrolment_id).first()
    if fitter is None or enrolment is None:
        return None
    logs = logs_of(ReviewEvent.objects.filter(enrolment=enrolment)).values()
    attempt = tried(fitter, enrolment, [log.counting() for log in logs])
    if attempt is None:
        return None
    attempt.reviews = sum(len(log.answers) for log in logs)
    attempt.fitted_at = now
    with transaction.atomic():
        locked = Enrolment.objects.select_for_update().get(pk=enrolment_id)
        if not due_for_fit().filter(pk=enrolment_id).exists():
            return None
        attempt.save()
        if attempt.accepted:
            locked.fsrs_parameters = attempt.parameters
            locked.save(update_fields=["fsrs_parameters"])
            rebuild(enrolment=locked)
    return attempt


def tried(fitter: Any, enrolment: Enrolment, logs: Sequence[Sequence[Answer]]) -> Fit | None:
    """Fit to the earlier answers and judge by the later; None where they do not suffice."""
    until = fitting.first_held_back(logs)
    calendar = enrolment.calendar
    folded = [
        replay.steps(
            answers, calendar=calendar, desired_retention=0.9, parameters=enrolment.parameters
        )
        for answers in logs
    ]
    histories = fitting.histories(folded, until)
    if len(histories) < FEWEST_HISTORIES:
        return None
    parameters = fitted(fitter, histories)
    before, after = (
        fitting.held_back_losses(logs, until, calendar=calendar, parameters=each)
        for each in (enrolment.parameters, parameters)
    )
    if not before:
        return None
    return Fit(
        enrolment=enrolment,
        parameters=parameters,
        loss_before=mean(before),
        loss_after=mean(after),
        library=f"{PACKAGE} {metadata.version(PACKAGE)}",
        accepted=fitting.is_better(before, after),
    )


def fitted(fitter: Any, histories: Sequence[tuple[int, fitting.History]]) -> list[float]:
    """The parameters under which these histories are most likely (FSRS-6, fsrs-rs's training)."""
    items = [
        fitter.FSRSItem([fitter.FSRSReview(rating, days) for rating, days in history])
        for _, history in histories
    ]
    found = fitter.FSRS([]).compute_parameters(
        items,
        card_ids=[prompt for prompt, _ in histories],
        enable_short_term=True,
        num_relearning_steps=1,
        training_config=fitter.TrainingConfig(num_epochs=EPOCHS),
    )
    if len(found) != PARAMETER_COUNT:
        raise ValueError(f"{PACKAGE} gave {len(found)} parameters, not {PARAMETER_COUNT}.")
    return [float(value) for value in found]
