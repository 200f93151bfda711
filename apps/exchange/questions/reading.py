"""Reading a file of questions: what strangers wrote is taken apart in a process of its own."""

import json
import os
import subprocess
import sys

import structlog
from django.conf import settings

from apps.common.errors import DomainError
from apps.exchange import format_child
from apps.exchange.documents import ReadFile, Unreadable

log = structlog.get_logger(__name__)

LARGEST = 10 * 1024 * 1024
MOST_QUESTIONS = 5_000
# The child counts its own work; this only ends one that waits for a machine that never answers.
PATIENCE_SECONDS = 120


class UnreadableQuestions(DomainError):
    """The file cannot be read; the message says where and what to do."""

    code = "unreadable"


def check_size(size: int) -> None:
    """Raise UnreadableQuestions if a file is larger than is read."""
    if size > LARGEST:
        most = LARGEST // 1024**2
        raise UnreadableQuestions(
            f"This file is larger than {most} MB. Export the questions without pictures, or "
            "category by category.",
            code="too_large",
        )


def read_apart(name: str, data: bytes) -> tuple[str, ReadFile]:
    """The format of a file and all it holds, or UnreadableQuestions."""
    check_size(len(data))
    try:
        form, read = format_child.heard(_said_by_child(name, data))
    except Unreadable as refused:
        raise UnreadableQuestions(str(refused)) from refused
    if not read.entries:
        raise UnreadableQuestions("There are no questions in this file.")
    if len(read.entries) > MOST_QUESTIONS:
        raise UnreadableQuestions(
            f"This file has {len(read.entries)} questions. Up to {MOST_QUESTIONS} are taken at "
            "once: split it.",
            code="too_large",
        )
    return form, read


def _said_by_child(name: str, data: bytes) -> dict[str, object]:
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", format_child.MODULE],
            input=format_child.request(name, data),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            cwd=settings.ROOT,
            env={"LANG": "C.UTF-8", "PYTHONUTF8": "1", "PATH": os.defpath},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableQuestions("Reading this file takes too long. Split it.") from error
    if done.returncode != 0:
        log.warning("reading questions failed", code=done.returncode, said=done.stderr[-2000:])
        raise UnreadableQuestions("This file takes too long to read, or too much memory. Split it.")
    said: dict[str, object] = json.loads(done.stdout)
    return said
