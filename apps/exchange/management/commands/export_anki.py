"""Write an exam's cards as an Anki package."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User
from apps.courses.models import Exam
from apps.exchange.anki.export import gather_deck, write_deck


class Command(BaseCommand):
    help = "Write the published cards of an exam as an Anki package (.apkg)."

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

    def handle(self, *args: Any, **options: Any) -> None:
        exam = Exam.objects.filter(code=options["exam"]).first()
        if exam is None:
            known = ", ".join(Exam.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no exam {options['exam']}. Known: {known or 'none'}.")
        if options["with_progress"] and not options["learner"]:
            raise CommandError("Whose progress? Add --learner EMAIL.")
        learner = None
        if options["learner"]:
            learner = User.objects.filter(email=options["learner"].lower()).first()
            if learner is None:
                raise CommandError(f"Nobody is signed up as {options['learner']}.")
        deck = gather_deck(
            exam=exam,
            learner=learner,
            with_progress=options["with_progress"],
            now=timezone.now(),
        )
        if not deck.notes:
            raise CommandError(f"{exam.title} has no published cards yet.")
        try:
            with options["out"].open("wb") as out:
                write_deck(out, deck)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        reviews = f" and {len(deck.revlog)} reviews" if deck.revlog else ""
        self.stdout.write(f"{options['out']}: {len(deck.notes)} notes{reviews}.")
