"""The gate of every package: what Anki itself makes of it, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROCESSES = Path(__file__).with_name("package")
_DECKS = _PROCESSES / "anki_deck_process.py"
_TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class AnkiNote:
    """A note as it stands in the learner's collection."""

    guid: str
    notetype: str
    fields: dict[str, str]
    tags: list[str]


@dataclass(frozen=True)
class AnkiCard:
    """A card as it stands and shows; `due` is in days from today, or a new card's position."""

    guid: str
    ordinal: int
    deck: str
    question: str
    answer: str
    type: int
    queue: int
    due: int
    interval: int
    ease: int
    reps: int
    lapses: int
    stability: float | None
    difficulty: float | None
    desired_retention: float | None
    retrievability: float | None


@dataclass(frozen=True)
class Import:
    """A fresh collection after the packages came in, the last one twice, and a database check."""

    notes: dict[str, AnkiNote]
    cards: dict[tuple[str, int], AnkiCard]
    revlog: int
    decks: dict[str, str]
    database_problems: list[str]
    generated_cards: int
    empty_cards: int
    render_errors: list[str]
    missing_media: list[str]
    second_import_added: list[int]


@dataclass(frozen=True)
class Report:
    """The same packages imported as plain decks, and with progress and presets."""

    deck_only: Import
    with_progress: Import


@dataclass(frozen=True)
class UpdatedNote:
    """A note after an update: its fields by name, its tags and the deck of its first card."""

    fields: dict[str, str]
    tags: list[str]
    deck: str


@dataclass(frozen=True)
class Update:
    """A learner's collection after an update, all notes of which were tagged and annotated."""

    notes: dict[str, UpdatedNote]
    answers: int
    scheduling_survives: bool
    added: int
    updated: int
    conflicting: int
    missing: int
    added_again: int
    media: list[str]
    database_problems: list[str]


def import_into_anki(*packages: bytes) -> Report:
    """Let Anki import packages one after the other; fails with Anki's own words if it refuses."""
    printed = _printed("anki_process.py", packages, ".apkg")
    return Report(_import(printed["deck_only"]), _import(printed["with_progress"]))


def update_in_anki(first: bytes, second: bytes) -> Update:
    """Let a learner import and study the first package, then import the second file.

    The second is a package or a text update. Every note has by then the tag `mine`, and
    `remember` in its own field.
    """
    suffix = ".apkg" if second.startswith(b"PK") else ".txt"
    printed = _printed("anki_update_process.py", (first, second), suffix)
    notes = {guid: UpdatedNote(**note) for guid, note in printed.pop("notes").items()}
    return Update(notes=notes, **printed)


def assert_gentle(update: Update) -> None:
    """Nothing of the learner's study is touched, nothing conflicts, nothing comes twice."""
    assert update.answers, "nothing was studied"
    assert update.scheduling_survives
    assert (update.conflicting, update.missing, update.added_again) == (0, 0, 0)
    assert update.database_problems == []


def _printed(program: str, files: Sequence[bytes], last_suffix: str) -> dict[str, Any]:
    """What a program of Anki's prints about these files, the last of which has this suffix."""
    with tempfile.TemporaryDirectory() as folder:
        suffixes = [".apkg"] * (len(files) - 1) + [last_suffix]
        paths = [Path(folder, f"{number}{suffix}") for number, suffix in enumerate(suffixes)]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        said = _run_anki(_PROCESSES / program, *map(str, paths))
    printed: dict[str, Any] = json.loads(said)
    return printed


def assert_clean(report: Report) -> None:
    """Anki finds nothing to repair, generate or remove, and a second import adds nothing."""
    for imported in (report.deck_only, report.with_progress):
        assert imported.cards, "no card arrived"
        assert imported.database_problems == []
        assert imported.generated_cards == 0
        assert imported.empty_cards == 0
        assert imported.render_errors == []
        assert imported.missing_media == []
        assert imported.second_import_added == [0, 0, 0]
        assert {guid for guid, _ in imported.cards} == set(imported.notes)


def _import(printed: dict[str, Any]) -> Import:
    notes = [AnkiNote(**note) for note in printed.pop("notes")]
    cards = [AnkiCard(**card) for card in printed.pop("cards")]
    return Import(
        notes={note.guid: note for note in notes},
        cards={(card.guid, card.ordinal): card for card in cards},
        **printed,
    )


def make_decks(folder: Path) -> dict[str, int]:
    """Have Anki make a deck of every stock notetype in every form; returns how much it holds."""
    counts: dict[str, int] = json.loads(_run_anki(_DECKS, "make", str(folder)))
    return counts


def study_in_anki(package: Path, out: Path, **plan: Any) -> dict[str, int]:
    """Import a package with progress, do as the plan says, export to `out`.

    The plan names the `deck`, how many `answers` with which `ratings`, `edits` as
    (search, field, value), searches to `suspend`, and whether `media` go along. Returns the
    answers before and after.
    """
    said = _run_anki(_DECKS, "study", str(package), str(out), json.dumps(plan))
    counts: dict[str, int] = json.loads(said)
    return counts


def _run_anki(program: Path, *arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, str(program), *arguments],
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
