"""From nothing to a course you can study in the browser, with one command."""

import os
import secrets
import signal
from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import tzlocal
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import User, validate_time_zone
from apps.common.errors import DomainError
from apps.config.serving import AlreadyRunning, EmbeddedServices, only_one, port_is_free
from apps.courses.models import Exam, Role
from apps.courses.permissions import give_exam, make_instructor
from apps.exchange.courses.format import read_course
from apps.exchange.courses.load import load_course
from apps.study.services.enrolments import enrol

HOST = "127.0.0.1"
LEARNER, INSTRUCTOR = "learner@example.org", "instructor@example.org"
DAYS_TO_THE_DEMO_EXAM = 60


class Command(BaseCommand):
    help = "Set up and serve Passnotes on this machine, with a course and two people to try it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                "REDIS_URL is set, so this is an installation at scale: start web, worker and "
                "beat as docker-compose.yml does. Unset it to try Passnotes on this machine."
            )
        port = options["port"]
        try:
            with only_one(settings.DATA_DIR):
                self.run(port)
        except AlreadyRunning as error:
            raise CommandError(
                f"Passnotes is already running on the data in {settings.DATA_DIR}. "
                "Stop it where it was started."
            ) from error

    def run(self, port: int) -> None:
        if not port_is_free(HOST, port):
            raise CommandError(
                f"Port {port} is taken, or not yours to use; choose another with --port."
            )
        if not os.environ.get("PASSNOTES_URL"):
            settings.SITE_URL = f"http://{HOST}:{port}"  # links in what is taken out lead here
        call_command("migrate", verbosity=0)
        exams = self.load_content()
        passwords = self.make_people(exams)
        with EmbeddedServices(HOST, port) as services:
            self.welcome(f"http://{HOST}:{port}", passwords)
            for sign in (signal.SIGINT, signal.SIGTERM):
                signal.signal(sign, interrupt)
            try:
                services.serve()
            except KeyboardInterrupt:
                self.stdout.write("\nStopped. Everything is kept; run the same command again.")

    def load_content(self) -> list[Exam]:
        """Load every course folder under content/; an unchanged one costs nothing."""
        exams = []
        for course_file in sorted(Path(settings.ROOT, "content").glob("*/course.toml")):
            try:
                exams.append(load_course(read_course(course_file.parent), now=timezone.now()))
            except DomainError as error:
                raise CommandError(error.message) from error
        return exams

    def make_people(self, exams: list[Exam]) -> dict[str, str]:
        """The demo learner and the instructor; returns the passwords of those made now."""
        passwords = {}
        if not User.objects.filter(email=LEARNER).exists():
            passwords[LEARNER] = secrets.token_urlsafe(9)
            learner = User.objects.create_user(
                LEARNER,
                passwords[LEARNER],
                name="Demo learner",
                is_demo=True,
                time_zone=local_time_zone(),
            )
            now = timezone.now()
            for exam in exams:
                exam_date = (now + timedelta(days=DAYS_TO_THE_DEMO_EXAM)).date()
                enrol(user=learner, exam=exam, now=now, exam_date=exam_date)
        if not User.objects.filter(email=INSTRUCTOR).exists():
            passwords[INSTRUCTOR] = secrets.token_urlsafe(9)
            instructor = User.objects.create_user(
                INSTRUCTOR,
                passwords[INSTRUCTOR],
                name="Demo instructor",
                time_zone=local_time_zone(),
            )
            make_instructor(instructor)
        for exam in Exam.objects.exclude(memberships__role=Role.OWNER):
            give_exam(exam=exam, email=INSTRUCTOR)
        return passwords

    def welcome(self, address: str, passwords: dict[str, str]) -> None:
        write = self.stdout.write
        write(f"\nPassnotes is ready: {address}\n")
        write("  Study       open it, click “Try it as the demo learner”, then “Start”")
        write("  Your notes  Exams, your exam, “Add notes”: paste or upload, then study them")
        write(f"  Authoring   {address}/admin/ as {INSTRUCTOR}")
        for email, password in passwords.items():
            write(f"  Password    {email}  {password}   (shown only this once)")
        write(f"\nCtrl-C stops it. Everything is kept in {settings.DATA_DIR}.")
        # Passwords that wait in a pipe's buffer are seen by nobody.
        self.stdout.flush()


def port_number(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:  # noqa: PLR2004 - 16 bits
        return int(text)
    raise ArgumentTypeError(f"{text} is not a port; choose a number from 1024 to 65535")


def local_time_zone() -> str:
    """This machine's time zone, where it has a name that means the same everywhere."""
    name = tzlocal.get_localzone_name() or "UTC"
    try:
        validate_time_zone(name)
    except ValidationError:
        return "UTC"
    return name


def interrupt(signum: int, frame: FrameType | None) -> None:
    """End the server: Ctrl-C, SIGTERM, and SIGINT where the shell had it ignored."""
    raise KeyboardInterrupt
