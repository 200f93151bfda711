"""Load course folders, such as content/aws-saa, for everybody."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.common.errors import DomainError
from apps.courses.permissions import give_exam
from apps.exchange.courses.format import read_course
from apps.exchange.courses.load import load_course


class Command(BaseCommand):
    help = "Load course folders for everybody; content/README.md says how one is laid out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", metavar="FOLDER", nargs="+", type=Path)
        parser.add_argument("--owner", metavar="EMAIL", help="Who may author the course")

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in options["folders"]:
            try:
                exam = load_course(read_course(folder), now=timezone.now())
                if options["owner"]:
                    give_exam(exam=exam, email=options["owner"])
            except DomainError as error:
                raise CommandError(error.message) from error
            cards = exam.cards.filter(owner=None, status="published").count()
            questions = exam.questions.filter(owner=None, status="published").count()
            self.stdout.write(f"{exam.title}: {cards} cards and {questions} questions.")
