"""Reading the file of a note: what strangers made is taken apart in a process of its own."""

import json
import signal
import subprocess
import sys

import structlog
from django.conf import settings

from apps.common.errors import DomainError
from apps.extraction.readers import Unread, Unreadable, check_size, reader_of
from apps.extraction.readers.child import MODULE, from_json, request
from apps.extraction.sources import Source, SourceKind
from apps.notes.models import NoteKind

log = structlog.get_logger(__name__)

KINDS = {
    SourceKind.PLAIN: NoteKind.TEXT,
    SourceKind.MARKDOWN: NoteKind.MARKDOWN,
    SourceKind.HTML: NoteKind.HTML,
    SourceKind.PDF: NoteKind.PDF,
    SourceKind.DOCX: NoteKind.DOCX,
}
# Text of these kinds is only decoded; the readers of all others could be led astray by a file.
SAFE = frozenset((SourceKind.PLAIN, SourceKind.MARKDOWN))
# The child limits its own processor time; this ends one that waits, on however busy a machine.
SECONDS = 120


class UnreadableNote(DomainError):
    """The file cannot be read; the message says what to do."""


def read_note(*, name: str, data: bytes) -> Source:
    """The readable text of a file, or UnreadableNote."""
    try:
        check_size(data)
        reader = reader_of(name, data)
        if reader.kind in SAFE:
            return reader.read(name, data)
        return read_apart(name=name, data=data)
    except Unreadable as error:
        raise UnreadableNote(error.message, code=str(error.code)) from error


def read_apart(*, name: str, data: bytes, seconds: float = SECONDS) -> Source:
    """Read a file in a child process with little memory and time; raises Unreadable."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, the file's bytes go in as input
            [sys.executable, "-m", MODULE],
            input=request(name, data),
            capture_output=True,
            timeout=seconds,
            cwd=settings.ROOT,
            env={"LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_slow() from error
    if done.returncode == -signal.SIGXCPU:
        raise too_slow()
    if done.returncode != 0:
        log.warning("reading failed", name=name, code=done.returncode, said=done.stderr[-2000:])
        raise Unreadable(
            Unread.DAMAGED,
            "This file could not be read: it may be damaged, or too large inside. "
            "Copy its text and paste it instead.",
        )
    return from_json(json.loads(done.stdout))


def too_slow() -> Unreadable:
    return Unreadable(
        Unread.TOO_SLOW,
        "This file takes too long to read: split it into parts of five hundred pages or fewer.",
    )
