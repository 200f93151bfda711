"""Reading a package: what strangers made is taken apart in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from django.conf import settings

from apps.common.errors import DomainError
from apps.exchange.anki.package import reader_child
from apps.exchange.anki.package.reader_contents import ReadPackage
from apps.exchange.anki.package.reader_errors import UnreadablePackage, too_large, too_slow

log = structlog.get_logger(__name__)

LARGEST_PACKAGE = 200 * 1024 * 1024
# The child counts its own work; this only ends one that waits for a machine that never answers.
PATIENCE_SECONDS = 60


class UnreadableDeck(DomainError):
    """The package cannot be read; the message says what to do."""


@contextmanager
def read_apart(path: Path) -> Iterator[ReadPackage]:
    """What an Anki package holds, or UnreadableDeck; its images are gone once this is left."""
    with TemporaryDirectory() as folder:
        try:
            if path.stat().st_size > LARGEST_PACKAGE:
                raise too_large(f"its file is larger than {LARGEST_PACKAGE // 1024**2} MB")
            package = _heard_of_child(path, Path(folder))
        except UnreadablePackage as refused:
            raise UnreadableDeck(refused.message, code=str(refused.code)) from refused
        yield package


def _heard_of_child(path: Path, folder: Path) -> ReadPackage:
    said, work = folder / "said", folder / "work"
    work.mkdir()
    with said.open("wb") as out:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, the paths are ours too
                [sys.executable, "-m", reader_child.MODULE, str(path.absolute()), str(work)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
                timeout=PATIENCE_SECONDS,
                cwd=settings.ROOT,
                env={"LANG": "C.UTF-8", "PYTHONUTF8": "1", "PATH": os.defpath},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise too_slow() from error
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise too_slow()
    if done.returncode != 0:
        log.warning("reading a deck failed", code=done.returncode, said=done.stderr[-2000:])
        raise too_large("it is more than can be read at once, or it is damaged")
    with said.open(encoding="utf-8") as lines:
        return reader_child.heard(lines, work)
