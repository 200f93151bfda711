"""Compute the memories of learners again from the log of their answers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.study.models import Enrolment
from apps.study.services.memories import rebuild


class Command(BaseCommand):
    help = "Compute memories and calibration again from the review log: all, or one enrolment's."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolment", type=int, metavar="ID", help="Only this enrolment")

    def handle(self, *args: Any, **options: Any) -> None:
        enrolments = Enrolment.objects.select_related("user").order_by("pk")
        if options["enrolment"] is not None:
            enrolments = enrolments.filter(pk=options["enrolment"])
            if not enrolments.exists():
                raise CommandError(f"There is no enrolment {options['enrolment']}.")
        learners = memories = 0
        for enrolment in enrolments.iterator(chunk_size=500):
            memories += rebuild(enrolment=enrolment)
            learners += 1
        self.stdout.write(f"{memories} memories of {learners} enrolments computed again.")
