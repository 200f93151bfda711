"""Turn note files into topics, cards and questions."""

import json
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from apps.common.errors import DomainError
from apps.common.models import JobState
from apps.courses.models import Exam
from apps.courses.services import create_exam
from apps.extraction.documents import Extraction
from apps.extraction.pipeline import extract
from apps.extraction.scored import as_document
from apps.ingest.models import IngestRun
from apps.ingest.services.runs import SHARE_OF_EXTRACTION, overall, run_ingest
from apps.ingest.services.submit import read_source, submit_note

CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")


class Command(BaseCommand):
    help = "Read note files into an exam's topics, cards and questions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument(
            "--exam", metavar="CODE", help="Where the notes belong; made if there is none"
        )
        parser.add_argument(
            "--draft", action="store_true", help="Publish nothing: everything waits for a look"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only read and report; store nothing"
        )
        parser.add_argument(
            "--json", metavar="OUT", type=Path, help="Also write what was found as JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["exam"] and not options["dry_run"]:
            raise CommandError("Where do the notes belong? Add --exam CODE, or --dry-run.")
        exam = None if options["dry_run"] else self.exam(options["exam"])
        found: list[Extraction] = []
        failed = 0
        bars = Progress(
            TextColumn("{task.fields[name]}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[stage]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        with bars:
            for path in options["files"]:
                bar = bars.add_task("", total=1, name=path.name, stage="read")

                def tell(stage: str, progress: float, bar: Any = bar) -> None:
                    bars.update(bar, completed=progress, stage=stage)

                try:
                    data = path.read_bytes()
                    if exam is None or options["json"]:
                        found.append(self.look(path.name, data, tell))
                    if exam is not None:
                        self.take_in(exam, path.name, data, tell, publish=not options["draft"])
                    tell("done", 1)
                except OSError as error:
                    failed += 1
                    self.stderr.write(f"{path}: {error.strerror}")
                except DomainError as error:
                    failed += 1
                    self.stderr.write(f"{path}: {error.message}")
        if options["json"]:
            document = {"documents": [as_document(each) for each in found]}
            options["json"].write_text(json.dumps(document, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files could not be read.")

    def exam(self, code: str) -> Exam:
        exam = Exam.objects.filter(code=code).first()
        if exam is not None:
            return exam
        if not CODE.fullmatch(code):
            raise CommandError("The code of an exam is made of letters, digits and dashes.")
        self.stdout.write(f"There was no exam {code}; it is made now, open to everybody.")
        return create_exam(owner=None, code=code, title=code, visibility="open")

    def look(self, name: str, data: bytes, tell: Any) -> Extraction:
        """Read a file without storing anything."""
        extraction = extract(
            read_source(name=name, data=data),
            report=lambda stage, done: tell(str(stage), overall(stage, done) / SHARE_OF_EXTRACTION),
        )
        self.stdout.write(
            f"{name}: {len(extraction.topics)} topics, {len(extraction.cards)} cards, "
            f"{len(extraction.questions)} questions found."
        )
        return extraction

    def take_in(self, exam: Exam, name: str, data: bytes, tell: Any, *, publish: bool) -> None:
        """Store a file as a course note and carry out its reading here and now."""
        run = submit_note(
            exam=exam, name=name, data=data, started_by=None, owner=None, publish=publish
        )
        run_ingest(run_id=run.pk, clock=timezone.now, report=tell)
        run = IngestRun.objects.get(pk=run.pk)
        if run.state != JobState.SUCCEEDED:
            raise DomainError(run.error)
        self.stdout.write(f"{name}: {summary(run.counts)}")


def summary(counts: dict[str, Any]) -> str:
    """A run's counts in one line."""
    words = {
        "create": "new",
        "update": "changed",
        "keep": "unchanged",
        "orphan": "suspended",
        "conflict": "edited by hand and left alone",
    }
    parts = []
    for items in ("cards", "questions"):
        told = ", ".join(
            f"{number} {words[change]}" for change, number in counts[items].items() if number
        )
        parts.append(f"{items}: {told or 'none'}")
    return f"{'; '.join(parts)}; {counts['drafts']} drafts wait for a look."
