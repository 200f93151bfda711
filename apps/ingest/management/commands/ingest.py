"""Turn note files into topics, cards and questions."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from apps.common.errors import DomainError
from apps.common.models import JobState
from apps.courses.models import Exam
from apps.courses.permissions import give_exam
from apps.courses.services import create_exam
from apps.extraction.documents import Extraction
from apps.extraction.filelines import in_file_lines
from apps.extraction.items import Budget
from apps.extraction.scored import as_document
from apps.extraction.sources import Source
from apps.ingest.budgets import NORMAL, budget_of, checked, extract_within
from apps.ingest.models import IngestRun
from apps.ingest.services.compare import compare, held_keys
from apps.ingest.services.reading import read_note
from apps.ingest.services.runs import SHARE_OF_EXTRACTION, Report, overall, run_ingest
from apps.ingest.services.submit import last_budget, submit_note
from apps.notes.models import Note

CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")


class Command(BaseCommand):
    help = "Read note files into an exam's topics, cards and questions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
        parser.add_argument(
            "--exam", metavar="CODE", help="Where the notes belong; made if there is none"
        )
        parser.add_argument("--owner", metavar="EMAIL", help="Who may author a new exam")
        parser.add_argument(
            "--draft", action="store_true", help="Publish nothing: everything waits for a look"
        )
        parser.add_argument(
            "--cards-per-topic", metavar="N", type=int, help="Make at most so many; 150 if unsaid"
        )
        parser.add_argument(
            "--questions-per-topic",
            metavar="N",
            type=int,
            help="Make at most so many; 60 if unsaid",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Store nothing: only report what is found and, with --exam, what would change",
        )
        parser.add_argument(
            "--json", metavar="OUT", type=Path, help="Also write what was found as JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["exam"] and not options["dry_run"]:
            raise CommandError("Where do the notes belong? Add --exam CODE, or --dry-run.")
        self.budget = self.budget_in(options)
        self.found: list[Extraction] = []
        self.keeps_found = bool(options["json"])
        if options["dry_run"]:
            exam = options["exam"] and Exam.objects.filter(code=options["exam"]).first()
            failed = self.each_file(options["files"], partial(self.look, exam or None))
        else:
            exam = self.exam_of(options["exam"], options["owner"])
            publish = not options["draft"]
            failed = self.each_file(options["files"], partial(self.take_in, exam, publish))
        if options["json"]:
            document = {"documents": [as_document(each) for each in self.found]}
            options["json"].write_text(json.dumps(document, ensure_ascii=False, indent=1))
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files could not be read.")

    def budget_in(self, options: dict[str, Any]) -> Budget | None:
        """How much is wanted, None where that is not said."""
        budget = budget_of(options["cards_per_topic"], options["questions_per_topic"])
        try:
            return budget and checked(budget)
        except DomainError as error:
            raise CommandError(error.message) from error

    def each_file(self, paths: list[Path], work: Callable[[str, bytes, Report], None]) -> int:
        """Do `work` for each file under a bar of its own; returns how many failed."""
        failed = 0
        with Progress(
            TextColumn("{task.fields[name]}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[stage]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as bars:
            for path in paths:
                bar = bars.add_task("", total=1, name=path.name, stage="read")

                def tell(stage: str, progress: float, bar: TaskID = bar) -> None:
                    bars.update(bar, completed=progress, stage=stage)

                try:
                    work(path.name, path.read_bytes(), tell)
                    tell("done", 1)
                except OSError as error:
                    failed += 1
                    self.stderr.write(f"{path}: {error.strerror}")
                except DomainError as error:
                    failed += 1
                    self.stderr.write(f"{path}: {error.message}")
        return failed

    def exam_of(self, code: str, owner: str | None) -> Exam:
        exam = Exam.objects.filter(code=code).first()
        if exam is not None:
            return exam
        if not CODE.fullmatch(code):
            raise CommandError("The code of an exam is made of letters, digits and dashes.")
        try:
            with transaction.atomic():
                exam = create_exam(owner=None, code=code, title=code, visibility="open")
                if owner:
                    give_exam(exam=exam, email=owner)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"There was no exam {code}; it is made now, open to everybody.")
        return exam

    def look(self, exam: Exam | None, name: str, data: bytes, tell: Report) -> None:
        """Read a file without storing anything; its lines are told as the file's own."""
        source = read_note(name=name, data=data)
        note = note_named(name, exam) if exam else None
        extraction = self.extract(source, note, tell)
        self.stdout.write(
            f"{name}: {len(extraction.topics)} topics, {len(extraction.cards)} cards, "
            f"{len(extraction.questions)} questions found"
            f"{left_out(*extraction.left_out)}."
        )
        self.found.append(in_file_lines(extraction, source))
        if exam is not None:
            self.tell_plan(note or Note(exam=exam, name=name), extraction)

    def extract(self, source: Source, note: Note | None, tell: Report) -> Extraction:
        """What storing this text as the newest version of the note would find in it."""
        return extract_within(
            source,
            budget=self.budget or (last_budget(note) if note else NORMAL),
            held=held_keys(note) if note else frozenset(),
            report=lambda stage, done: tell(str(stage), overall(stage, done) / SHARE_OF_EXTRACTION),
        )

    def tell_plan(self, note: Note, extraction: Extraction) -> None:
        """What storing this file would do to the note of its name."""
        comparison = compare(note, extraction)
        self.stdout.write(f"{extraction.name}: {summary(comparison.counts())}.")
        for change in comparison.plan():
            words = " ⇒ ".join(each for each in (change["before"], change["after"]) if each)
            self.stdout.write(f"  {change['change']}: {words}")

    def take_in(self, exam: Exam, publish: bool, name: str, data: bytes, tell: Report) -> None:
        """Store a file as a course note and carry out its reading here and now."""
        if self.keeps_found:
            source = read_note(name=name, data=data)
            note = note_named(name, exam)
            self.found.append(in_file_lines(self.extract(source, note, tell), source))
        run = submit_note(
            exam=exam,
            name=name,
            data=data,
            started_by=None,
            owner=None,
            publish=publish,
            budget=self.budget,
        )
        run_ingest(run_id=run.pk, clock=timezone.now, report=tell)
        run = IngestRun.objects.get(pk=run.pk)
        if run.state != JobState.SUCCEEDED:
            raise DomainError(run.error)
        self.stdout.write(
            f"{name}: {summary(run.counts)}; drafts that wait for a look: "
            f"{run.counts['drafts']}; contradictions: {run.counts['disputes']}"
            f"{left_out(**run.counts['left_out'])}."
        )


def note_named(name: str, exam: Exam) -> Note | None:
    """The course's note that a file of this name is a newer version of."""
    return Note.objects.filter(exam=exam, owner=None, name=name).first()


def left_out(cards: int, questions: int) -> str:
    """What the budget kept out, in words; empty if nothing."""
    if not cards and not questions:
        return ""
    return f"; left out by the budget: {cards} cards, {questions} questions"


def summary(counts: dict[str, Any]) -> str:
    """A run's counts in one line."""
    words = {
        "create": "new",
        "update": "changed",
        "keep": "unchanged",
        "merge": "in another note too",
        "orphan": "suspended",
        "conflict": "edited by hand and left alone",
    }
    parts = []
    for items in ("cards", "questions"):
        told = ", ".join(
            f"{number} {words[change]}" for change, number in counts[items].items() if number
        )
        parts.append(f"{items}: {told or 'none'}")
    return "; ".join(parts)
