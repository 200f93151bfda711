"""A course folder read and checked, before anything of it is stored.

The form is described in content/README.md. What the form does not know is an error: a
misspelt key would otherwise be lost in silence.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from apps.bank.models import QuestionKind
from apps.common.errors import DomainError

T = TypeVar("T")


class BadCourse(DomainError):
    """The folder is not a course; the message names the file and what is wrong."""


@dataclass(frozen=True)
class ChoiceEntry:
    text: str
    why: str = ""
    correct: bool = False


@dataclass(frozen=True)
class QuestionEntry:
    """A question; `cite` are words that stand on exactly one line of the note `note`."""

    key: str
    topic: str
    kind: str
    stem: str
    explanation: str
    note: str
    cite: str
    choices: tuple[ChoiceEntry, ...] = ()
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class DomainEntry:
    slug: str
    title: str
    weight: int
    notes: tuple[str, ...]
    questions: str = ""


@dataclass(frozen=True)
class CourseEntry:
    code: str
    title: str
    minutes: int
    question_count: int
    pass_mark: int
    domains: tuple[DomainEntry, ...]
    description: str = ""
    licence: str = ""


@dataclass(frozen=True)
class CourseFolder:
    """A course with the text of its notes and its questions by domain slug."""

    entry: CourseEntry
    notes: Mapping[str, bytes]
    questions: Mapping[str, tuple[QuestionEntry, ...]]
    sha256: str


def read_course(folder: Path) -> CourseFolder:
    """Read and check a course folder; raises BadCourse."""
    course_file = folder / "course.toml"
    raw = load_toml(course_file)
    domains = tuple(build(DomainEntry, each, course_file) for each in raw.pop("domains", ()))
    entry = build(CourseEntry, {**raw, "domains": domains}, course_file)
    if sum(domain.weight for domain in domains) != 100:  # noqa: PLR2004 - per cent
        raise BadCourse(f"{course_file}: the weights of the domains do not add up to 100.")
    if not 0 <= entry.pass_mark <= 100:  # noqa: PLR2004 - per cent
        raise BadCourse(f"{course_file}: the pass mark is a number from 0 to 100.")
    notes = {
        name: read_bytes(folder / "notes" / name) for domain in domains for name in domain.notes
    }
    questions = {
        domain.slug: read_questions(folder / domain.questions) if domain.questions else ()
        for domain in domains
    }
    check_citations(notes, questions)
    return CourseFolder(entry, notes, questions, folder_hash(folder))


def read_questions(path: Path) -> tuple[QuestionEntry, ...]:
    entries = []
    for raw in load_toml(path).get("question", ()):
        choices = tuple(build(ChoiceEntry, choice, path) for choice in raw.pop("choices", ()))
        accepted = tuple(raw.pop("accepted", ()))
        entries.append(
            build(QuestionEntry, {**raw, "choices": choices, "accepted": accepted}, path)
        )
    for entry in entries:
        if entry.kind not in QuestionKind.values:
            raise BadCourse(
                f"{path}: question {entry.key} has the kind “{entry.kind}”; known are "
                f"{', '.join(QuestionKind.values)}."
            )
    keys = [entry.key for entry in entries]
    for key in keys:
        if keys.count(key) > 1:
            raise BadCourse(f"{path}: the key {key} stands there twice.")
    return tuple(entries)


def check_citations(
    notes: Mapping[str, bytes], questions: Mapping[str, tuple[QuestionEntry, ...]]
) -> None:
    """Each question must be provable by exactly one line of a note of the course."""
    for entry in (entry for each in questions.values() for entry in each):
        if entry.note not in notes:
            raise BadCourse(f"Question {entry.key} cites {entry.note}, which is no note here.")
        found = len(cited_lines(notes[entry.note].decode(), entry.cite))
        if found != 1:
            raise BadCourse(
                f"Question {entry.key} cites “{entry.cite}”, which stands on {found} lines of "
                f"{entry.note}; it must be exactly one."
            )


def cited_lines(text: str, words: str) -> list[int]:
    """The lines, counted from 1, on which the words stand."""
    return [number for number, line in enumerate(text.split("\n"), 1) if words in line]


def load_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_bytes(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCourse(f"{path}: {error}") from error


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadCourse(f"{path} cannot be read: {error.strerror}.") from error


def build(kind: type[T], raw: Mapping[str, Any], path: Path) -> T:
    """A dataclass from a table of the file, refusing unknown and missing keys."""
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(raw) - set(known))
    required = {name for name, each in known.items() if each.default is MISSING}
    missing = sorted(required - set(raw))
    if unknown or missing:
        faults = [f"unknown: {', '.join(unknown)}"] * bool(unknown)
        faults += [f"missing: {', '.join(missing)}"] * bool(missing)
        raise BadCourse(f"{path}: {'; '.join(faults)} (in {kind.__name__}).")
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    return kind(**values)


def folder_hash(folder: Path) -> str:
    """Changes when any file of the folder does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
