"""Bring a file of questions into an exam."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.models import JobState
from apps.courses.models import Exam
from apps.exchange.models import QuestionImport, RowFate
from apps.exchange.questions.runs import confirm, request_question_import, run_question_import


class Command(BaseCommand):
    help = "Bring questions in GIFT, Aiken, Moodle XML or CSV into an exam, as drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--exam", metavar="CODE", required=True)
        parser.add_argument(
            "--author", metavar="EMAIL", required=True, help="Who edits the exam and brings them in"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Change nothing: only say what would happen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        exam = Exam.objects.filter(code=options["exam"]).first()
        if exam is None:
            known = ", ".join(Exam.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no exam {options['exam']}. Known: {known or 'none'}.")
        author = User.objects.filter(email=options["author"].lower()).first()
        if author is None:
            raise CommandError(f"Nobody is signed up as {options['author']}.")
        path: Path = options["file"]
        try:
            with path.open("rb") as data:
                run = request_question_import(
                    user=author, exam=exam, name=path.name, file=File(data, name=path.name)
                )
            run = carried_on(run)
            if run.waits_for_a_word and not options["dry_run"]:
                confirm(run=run)
                run = carried_on(run)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(error.message) from error
        self.tell(run, is_dry=options["dry_run"])

    def tell(self, run: QuestionImport, *, is_dry: bool) -> None:
        """The counts, then by name what cannot be taken and what is left behind."""
        if is_dry:
            self.stdout.write("Nothing is changed. This is what would happen:")
        counts = [f"{run.counts.get(fate, 0)} {RowFate(fate).label.lower()}" for fate in RowFate]
        self.stdout.write(f"{run.name}: {', '.join(counts)}")
        for row in run.rows.all():
            said = [row.reason] if row.fate == RowFate.REFUSED else row.remarks
            for words in said:
                self.stdout.write(f"  line {row.line}: “{row.name}”: {words}")


def carried_on(run: QuestionImport) -> QuestionImport:
    """The import after the next half of its work. Raises DomainError where that failed."""
    run_question_import(run_id=run.pk, clock=timezone.now)
    run = QuestionImport.objects.select_related("exam").get(pk=run.pk)
    if run.state == JobState.FAILED:
        raise DomainError(run.error)
    return run
