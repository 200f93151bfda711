"""Bring an Anki package into an exam for one learner."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.exchange.anki.importing.reading import read_apart
from apps.exchange.anki.importing.report import Report
from apps.exchange.anki.importing.runs import carry_out, preview


class Command(BaseCommand):
    help = "Bring an Anki package (.apkg or .colpkg) with its answers into an exam."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--exam", metavar="CODE", required=True)
        parser.add_argument(
            "--learner", metavar="EMAIL", required=True, help="Whose cards and answers these are"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Change nothing: only say what would happen"
        )
        parser.add_argument("--json", metavar="OUT", type=Path, help="Also write the report there")

    def handle(self, *args: Any, **options: Any) -> None:
        exam = Exam.objects.filter(code=options["exam"]).first()
        if exam is None:
            known = ", ".join(Exam.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no exam {options['exam']}. Known: {known or 'none'}.")
        learner = User.objects.filter(email=options["learner"].lower()).first()
        if learner is None:
            raise CommandError(f"Nobody is signed up as {options['learner']}.")
        try:
            with read_apart(options["file"]) as package:
                if options["dry_run"]:
                    report = preview(package=package, exam=exam, learner=learner)
                else:
                    now = timezone.now()
                    report = carry_out(package=package, exam=exam, learner=learner, now=now)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            told = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
            options["json"].write_text(told, encoding="utf-8")
        self.tell(report, is_dry=options["dry_run"])

    def tell(self, report: Report, *, is_dry: bool) -> None:
        """The report in words, a line for each kind of row and each reason."""
        told = report.to_json()
        if is_dry:
            self.stdout.write("Nothing is changed. This is what would happen:")
        for rows in ("notes", "cards", "reviews", "media"):
            counts = ", ".join(f"{count} {fate}" for fate, count in told[rows].items() if count)
            self.stdout.write(f"{rows}: {counts or 'none'}")
        if report.suspended:
            self.stdout.write(f"suspended, as in Anki: {report.suspended}")
        if report.resumed:
            self.stdout.write(f"asked again, as in Anki: {report.resumed}")
        for left in told["skipped"]:
            self.stdout.write(f"  left out: {left['count']} × {left['what']}: {left['reason']}")
            for name in left["names"]:
                self.stdout.write(f"    {name}")
