"""The gate of every package: what Anki itself makes of it, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROCESS = Path(__file__).with_name("package") / "anki_process.py"
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


def import_into_anki(*packages: bytes) -> Report:
    """Let Anki import packages one after the other; fails with Anki's own words if it refuses."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.apkg") for number in range(len(packages))]
        for path, package in zip(paths, packages, strict=True):
            path.write_bytes(package)
        run = subprocess.run(
            [sys.executable, str(_PROCESS), *map(str, paths)],
            env={**os.environ, "TZ": "UTC"},
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    printed = json.loads(run.stdout)
    return Report(_import(printed["deck_only"]), _import(printed["with_progress"]))


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
