"""Reads one file as a process of its own: bytes in, JSON out, within limits of memory and time."""

import json
import resource
import sys
from typing import Any

from apps.extraction.documents import Span
from apps.extraction.readers.errors import Unread, Unreadable
from apps.extraction.readers.registry import read
from apps.extraction.sources import FileLines, Source, SourceKind

MODULE = "apps.extraction.readers.child"
SECONDS = 45
"""Of the processor: five hundred densely printed pages take about half of it."""
MEGABYTES = 1024


def to_json(source: Source) -> dict[str, Any]:
    """Return a source as JSON values."""
    lines = source.file_lines
    return {
        "name": source.name,
        "text": source.text,
        "kind": source.kind,
        "pages": source.pages,
        "file_lines": lines
        and {
            "count": lines.count,
            "spans": [span and (span.first, span.last) for span in lines.spans],
            "markup": lines.markup,
            "chrome": lines.chrome,
        },
    }


def from_json(said: dict[str, Any]) -> Source:
    """Return the source a child told of; raise the `Unreadable` it told of instead."""
    if "unread" in said:
        raise Unreadable(Unread(said["unread"]), said["message"])
    lines = said["file_lines"]
    return Source(
        name=said["name"],
        text=said["text"],
        kind=SourceKind(said["kind"]),
        pages=tuple(said["pages"]),
        file_lines=lines
        and FileLines(
            count=lines["count"],
            spans=tuple(span and Span(*span) for span in lines["spans"]),
            markup=tuple(lines["markup"]),
            chrome=tuple(lines["chrome"]),
        ),
    )


def limit() -> None:
    """Give this process no more memory and time than reading a note may take."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        # Other systems count what is only mapped and would stop Python itself.
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024,) * 2)


def request(name: str, data: bytes) -> bytes:
    """Return what a child wants to be told: the file's name, and its bytes."""
    return json.dumps(name).encode() + b"\n" + data


def main() -> None:
    """Read the file on standard input and write what came of it to standard output."""
    limit()
    name = json.loads(sys.stdin.buffer.readline())
    try:
        said = to_json(read(name, sys.stdin.buffer.read()))
    except Unreadable as refused:
        said = {"unread": refused.code, "message": refused.message}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
