"""Write an exam's questions as a file for other houses."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.courses.models import Exam
from apps.exchange.formats import BY_KEY, by_suffix
from apps.exchange.questions.export import export_questions


class Command(BaseCommand):
    help = (
        "Write the questions of an exam, with their keys, as GIFT (.gift), Moodle XML (.xml), "
        "Aiken (.txt), CSV (.csv) or a QTI 3 package (.zip)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("exam", metavar="EXAM", help="Code of the exam, such as aws-saa")
        parser.add_argument("out", metavar="OUT", type=Path)
        parser.add_argument("--form", choices=list(BY_KEY), help="If the name does not say it")
        parser.add_argument("--published", action="store_true", help="Only what learners get")

    def handle(self, *args: Any, **options: Any) -> None:
        exam = Exam.objects.filter(code=options["exam"]).first()
        if exam is None:
            known = ", ".join(Exam.objects.order_by("code").values_list("code", flat=True))
            raise CommandError(f"There is no exam {options['exam']}. Known: {known or 'none'}.")
        out: Path = options["out"]
        named = by_suffix(out.name)
        form = options["form"] or (named and named.key)
        if not form:
            raise CommandError(f"{out.name} names no format. Add --form: {', '.join(BY_KEY)}.")
        written = export_questions(exam=exam, form=form, published_only=options["published"])
        try:
            out.write_bytes(written.data)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{out}: {written.count} questions as {written.form.label}.")
        for loss in written.losses:
            what = "left out" if loss.is_whole else "not kept"
            self.stdout.write(f"  {what}: “{loss.name}”: {loss.what}")
