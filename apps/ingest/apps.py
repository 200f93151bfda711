"""Tells the sweep to look after readings of notes."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "apps.ingest"
    verbose_name = "Readings of notes"

    def ready(self) -> None:
        # Models can be imported only once every app is loaded.
        from apps.common import jobs  # noqa: PLC0415
        from apps.ingest.models import IngestRun  # noqa: PLC0415
        from apps.ingest.tasks import ingest_note  # noqa: PLC0415

        jobs.register(IngestRun, ingest_note.delay)
