"""Reads one package as a process of its own: a path in, lines of JSON out, within hard limits."""

import json
import resource
import signal
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

from apps.exchange.anki.package.reader import read_package
from apps.exchange.anki.package.reader_archive import LARGEST_COLLECTION
from apps.exchange.anki.package.reader_contents import ReadNote, ReadPackage, ReadReview, Skip
from apps.exchange.anki.package.reader_errors import (
    Unread,
    UnreadablePackage,
    too_large,
    too_slow,
)

MODULE = "apps.exchange.anki.package.reader_child"
SECONDS, LAST_SECOND = 9, 10
MEMORY_BYTES = 300 * 1024 * 1024
SQLITE_BYTES = 100_000_000
_FEWEST_DESCRIPTORS = 32


def said(package: ReadPackage) -> Iterator[str]:
    """A package as lines of JSON: first the counts, then a note or an answer a line."""
    counts = {
        "made_by": package.made_by,
        "notes": len(package.notes),
        "skipped_cards": package.skipped_cards,
        "skipped_reviews": package.skipped_reviews,
        "skipped_media": package.skipped_media,
    }
    yield json.dumps(counts)
    for note in package.notes:
        yield json.dumps(note.to_json())
    for review in package.reviews:
        yield json.dumps(review.to_json())


def heard(lines: Iterable[str]) -> ReadPackage:
    """The package a child told of; raises the UnreadablePackage it told of instead."""
    told = iter(lines)
    head = json.loads(next(told))
    if "unread" in head:
        raise UnreadablePackage(Unread(head["unread"]), head["message"])
    notes = tuple(ReadNote.from_json(json.loads(next(told))) for _ in range(head["notes"]))
    counted = {
        name: {Skip(skip): count for skip, count in head[name].items()}
        for name in ("skipped_cards", "skipped_reviews", "skipped_media")
    }
    reviews = tuple(ReadReview(*json.loads(line)) for line in told)
    return ReadPackage(made_by=head["made_by"], notes=notes, reviews=reviews, **counted)


def limit() -> None:
    """Give this process no more memory, time and disk than reading a package may take.

    When its time is over it has one second left to say so.
    """
    signal.signal(signal.SIGXCPU, _give_up)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, LAST_SECOND))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_COLLECTION + 1, LARGEST_COLLECTION + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FEWEST_DESCRIPTORS, _FEWEST_DESCRIPTORS))
    with closing(sqlite3.connect(":memory:")) as database:
        # SQLite holds to this in every connection of the process, not in this one alone.
        database.execute(f"PRAGMA hard_heap_limit = {SQLITE_BYTES}")
    if sys.platform == "linux":
        # Other systems count what is only mapped and would stop Python itself.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise too_slow()


def write(package: Path, folder: Path, out: TextIO) -> None:
    """Read `package`, with `folder` to work in, and write what it says."""
    try:
        read = read_package(package, folder, now=datetime.now(UTC))
        for line in said(read):
            out.write(f"{line}\n")
    except UnreadablePackage as refused:
        out.write(refusal(refused))
    except MemoryError:
        out.write(refusal(too_large("it needs more memory than reading a deck may take")))


def refusal(refused: UnreadablePackage) -> str:
    """A refusal as the one line that a package would begin with."""
    return json.dumps({"unread": refused.code, "message": refused.message})


def main() -> None:
    """Read the package whose path is the first argument, in the folder that is the second."""
    limit()
    write(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdout)


if __name__ == "__main__":
    main()
