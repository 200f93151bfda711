"""Reads one file of questions as a process of its own: bytes in, JSON out, within hard limits."""

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from apps.exchange.documents import (
    Choice,
    Entry,
    Field,
    Question,
    QuestionKind,
    ReadFile,
    Unreadable,
)
from apps.exchange.formats import recognise

MODULE = "apps.exchange.format_child"
SECONDS = 20
MEMORY_BYTES = 512 * 1024 * 1024


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON values."""
    return asdict(entry)


def entry_from_json(said: dict[str, Any]) -> Entry:
    """The entry that was told of."""
    asked = said["question"]
    question = asked and Question(
        kind=QuestionKind(asked["kind"]),
        stem=asked["stem"],
        choices=tuple(Choice(**choice) for choice in asked["choices"]),
        accepted=tuple(asked["accepted"]),
        explanation=asked["explanation"],
        topic=tuple(asked["topic"]),
        id=asked["id"],
    )
    remarks = tuple(said["remarks"])
    return Entry(said["line"], said["name"], question, remarks, said["reason"])


def told(name: str, data: bytes) -> dict[str, Any]:
    """What a file holds, or why it cannot be read, as JSON values."""
    try:
        form = recognise(name, data)
        if form.read is None:
            raise Unreadable(f"{form.label} is only written here.")
        read = form.read(data)
    except Unreadable as refused:
        return {"unread": str(refused)}
    except MemoryError:
        return {"unread": "This file needs more memory than reading questions may take."}
    return {
        "form": form.key,
        "lacks": sorted(read.lacks),
        "entries": [entry_to_json(entry) for entry in read.entries],
    }


def heard(said: dict[str, Any]) -> tuple[str, ReadFile]:
    """The format and the content a child told of; raises the Unreadable it told of instead."""
    if "unread" in said:
        raise Unreadable(said["unread"])
    entries = tuple(map(entry_from_json, said["entries"]))
    return said["form"], ReadFile(entries, frozenset(map(Field, said["lacks"])))


def request(name: str, data: bytes) -> bytes:
    """What a child wants to be told: the file's name, and its bytes."""
    return json.dumps(name).encode() + b"\n" + data


def limit() -> None:
    """Give this process no more memory and time than reading questions may take."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        # Other systems count what is only mapped and would stop Python itself.
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    """Read the file on standard input and write what came of it to standard output."""
    limit()
    name = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(told(name, sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
