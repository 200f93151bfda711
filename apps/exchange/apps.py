"""Tells the sweep to look after exports and imports."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "apps.exchange"

    def ready(self) -> None:
        # Models can be imported only once every app is loaded.
        from apps.common import jobs  # noqa: PLC0415
        from apps.exchange.models import Export, ImportRun, QuestionImport  # noqa: PLC0415
        from apps.exchange.tasks import (  # noqa: PLC0415
            build_export,
            import_deck,
            import_questions,
        )

        jobs.register(Export, lambda pk: build_export.delay(str(pk)))
        jobs.register(ImportRun, lambda pk: import_deck.delay(str(pk)))
        jobs.register(QuestionImport, lambda pk: import_questions.delay(str(pk)))
