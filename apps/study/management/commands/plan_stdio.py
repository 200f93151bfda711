"""Speak the planner's protocol on standard input and output."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.study.planner.protocol import ProtocolError, converse


class Command(BaseCommand):
    help = (
        "Plan a learner's way to an exam over JSON lines: the protocol of "
        "apps/study/planner/protocol.py, with the planner the product uses. Needs no database."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            converse(sys.stdin, self._say)
        except ProtocolError as error:
            raise CommandError(str(error)) from error

    def _say(self, line: str) -> None:
        self.stdout.write(line, ending="")
        self.stdout.flush()
