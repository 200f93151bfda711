"""Let somebody author cards and questions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.accounts.models import User
from apps.courses.models import Exam, Membership, Role
from apps.courses.permissions import make_instructor


class Command(BaseCommand):
    help = "Let somebody who is signed up into the authoring pages, as editor of these exams."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("exams", metavar="EXAM", nargs="*", help="Codes of exams to edit")
        parser.add_argument("--owner", action="store_true", help="As owner instead of editor")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError(f"Nobody is signed up as {options['email']}.")
        exams = list(Exam.objects.filter(code__in=options["exams"]))
        unknown = set(options["exams"]) - {exam.code for exam in exams}
        if unknown:
            raise CommandError(f"There is no exam {', '.join(sorted(unknown))}.")
        make_instructor(user)
        role = Role.OWNER if options["owner"] else Role.EDITOR
        for exam in exams:
            Membership.objects.update_or_create(exam=exam, user=user, defaults={"role": role})
        titles = ", ".join(exam.title for exam in exams) or "no exam yet"
        self.stdout.write(f"{user.email} may author: {role.label.lower()} of {titles}.")
