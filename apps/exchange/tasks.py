"""Writing and reading decks and questions in the background."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from apps.exchange import services
from apps.exchange.anki.importing.runs import run_import
from apps.exchange.questions.runs import run_question_import


@shared_task
def build_export(export_id: str) -> None:
    """Write one queued package; an export that is no longer queued is left alone."""
    services.build_export(export_id=UUID(export_id), clock=timezone.now)


@shared_task
def import_deck(run_id: str) -> None:
    """Read one queued package; an import that is no longer queued is left alone."""
    run_import(run_id=UUID(run_id), clock=timezone.now)


@shared_task
def import_questions(run_id: str) -> None:
    """Read or carry out one queued file; an import that is no longer queued is left alone."""
    run_question_import(run_id=UUID(run_id), clock=timezone.now)
