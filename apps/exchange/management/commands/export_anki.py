"""Write an exam's cards for Anki."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.courses.models import Exam
from apps.exchange.anki.export import write_deck, write_update
from apps.exchange.anki.gathering import Deck
from apps.exchange.models import Export
from apps.exchange.services import build_export, mark_downloaded, request_export


class Command(BaseCommand):
    help = (
        "Write the published cards of an exam as an Anki package (.apkg). With --learner it holds "
        "their own cards too, and knows what they fetched before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("exam", metavar="EXAM", help="Code of the exam, such as aws-saa")
        parser.add_argument("out", metavar="OUT.apkg", type=Path)
        parser.add_argument(
            "--learner", metavar="EMAIL", help="Add this learner's own cards to the course's"
        )
        parser.add_argument(
            "--with-progress",
            action="store_true",
            help="Add the learner's reviews and what they say of their memory",
        )
        parser.add_argument(
            "--text",
            action="store_true",
            help="Write a text update (.txt) for a package that was imported before",
        )
        parser.add_argument(
            "--questions",
            action="store_true",
            help="Add the questions, as multiple choice and typed notes",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        exam = Exam.objects.filter(code=options["exam"]).first()
        if exam is None:
            known = ", ".join(Exam.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no exam {options['exam']}. Known: {known or 'none'}.")
        if options["with_progress"] and not options["learner"]:
            raise CommandError("Whose progress? Add --learner EMAIL.")
        out: Path = options["out"]
        try:
            if options["learner"]:
                told = self.for_learner(exam, learner(options["learner"]), out, options)
            else:
                told = self.for_everybody(exam, out, options)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{out}: {told}.")

    def for_everybody(self, exam: Exam, out: Path, options: dict[str, Any]) -> str:
        """The published course, dated by its own edits."""
        if not exam.cards.filter(owner=None, status="published").exists():
            raise CommandError(f"{exam.title} has no published cards yet.")
        deck = Deck(exam=exam, now=timezone.now(), with_questions=options["questions"])
        with out.open("wb") as file:
            written = write_update(file, deck) if options["text"] else write_deck(file, deck)
        return f"{written.notes} notes"

    def for_learner(self, exam: Exam, learner: User, out: Path, options: dict[str, Any]) -> str:
        """What the learner would download, which then counts as downloaded."""
        try:
            asked = request_export(
                user=learner,
                exam=exam,
                with_progress=options["with_progress"],
                as_text=options["text"],
                with_questions=options["questions"],
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        build_export(export_id=asked.pk, clock=timezone.now)
        export = Export.objects.get(pk=asked.pk)
        with export.file.open("rb") as built, out.open("wb") as file:
            shutil.copyfileobj(built, file)
        mark_downloaded(export=export, now=timezone.now())
        changes = ", ".join(f"{count} {name}" for name, count in sorted(export.changes.items()))
        return f"{export.note_count} notes ({changes or 'nothing'})"


def learner(email: str) -> User:
    found = User.objects.filter(email=email.lower()).first()
    if found is None:
        raise CommandError(f"Nobody is signed up as {email}.")
    return found
