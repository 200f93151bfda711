"""Writes the same deck with one of three writers and prints what it took, as JSON.

A program of its own, so that no writer pays for what another has loaded: our own, genanki, and
Anki's exporter. Each gets the same plain words and makes fields, tags and cards of them.
"""

import html
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import UUID

WORDS = "cell nucleus membrane protein energy transport gradient enzyme reaction signal".split()
FIELDS = "Front Back Topic Explanation Source Image Reference Hint Id Spare1 Spare2 Mine".split()
TOPICS = [("Cells", f"Part {number}") for number in range(12)]
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """What one note says."""

    key: UUID
    front: str
    back: str
    explanation: str
    source: str
    address: str
    topic: tuple[str, str]

    @property
    def tags(self) -> list[str]:
        return ["exam::bio", "level::one", "::".join(self.topic).replace(" ", "_")]

    @property
    def fields(self) -> list[str]:
        """The fields as somebody writes them by hand who knows the other writers."""
        source = f'<a href="{html.escape(self.address)}">{shown(self.source)}</a>'
        asked = [shown(self.front), shown(self.back), shown(" › ".join(self.topic))]
        return [*asked, shown(self.explanation), source, "", "", "", str(self.key), "", "", ""]


def shown(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def words(count: int) -> Iterator[Words]:
    for number in range(1, count + 1):
        one, two, three, four = (WORDS[number * step % len(WORDS)] for step in (1, 3, 7, 9))
        yield Words(
            # Spread like a random key, and the same each time.
            key=UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128),
            front=f"What does the {one} of sample {number} do to its {two} & {three}?",
            back=f"It regulates the {four} within {number} ms, at < {number % 90} %,\nas noted.",
            explanation=f"Because the {one} number {number} holds the {two}.",
            source=f"biology.md: line {number}",
            address=f"https://example.org/notes/{number % 40}/?line={number}",
            topic=TOPICS[number % len(TOPICS)],
        )


def write_ours(path: Path, count: int, *, images: bool = False) -> None:
    from apps.exchange.anki.package.contents import DeckNote, NoteImage, NoteKind
    from apps.exchange.anki.package.writer import write_package

    notes = (
        DeckNote(
            card_id=said.key,
            kind=NoteKind.BASIC,
            front=said.front,
            back=said.back,
            explanation=said.explanation,
            source=said.source,
            source_url=said.address,
            path=said.topic,
            tags=("exam::bio", "level::one"),
            position=position,
            modified=WRITTEN,
            images=(NoteImage(f"{position:064x}", "png", "A cell"),) if images else (),
        )
        for position, said in enumerate(words(count), start=1)
    )
    with path.open("wb") as out:
        write_package(out, "Biology", notes, today=date(2026, 1, 1), open_image=image)


def write_ours_with_images(path: Path, count: int) -> None:
    """The same with an image of its own on every note."""
    write_ours(path, count, images=True)


def image(sha256: str, _suffix: str) -> BinaryIO:
    return io.BytesIO(bytes.fromhex(sha256) * 20)


def write_genanki(path: Path, count: int) -> None:
    import genanki

    template = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}
    names = [{"name": name} for name in FIELDS]
    model = genanki.Model(1607392319, "Bench", fields=names, templates=[template])
    deck = genanki.Deck(2059400110, "Biology")
    for position, said in enumerate(words(count), start=1):
        guid = said.key.hex
        deck.add_note(genanki.Note(model, said.fields, tags=said.tags, guid=guid, due=position))
    genanki.Package(deck).write_to_file(str(path))


def write_anki(path: Path, count: int) -> None:
    from anki.collection import AddNoteRequest, Collection, DeckIdLimit, ExportAnkiPackageOptions
    from anki.notes import Note

    with TemporaryDirectory() as folder:
        col = Collection(str(Path(folder, "collection.anki2")))
        model = col.models.new("Bench")
        for name in FIELDS:
            col.models.add_field(model, col.models.new_field(name))
        template = col.models.new_template("Card")
        template["qfmt"], template["afmt"] = "{{Front}}", "{{FrontSide}}<hr>{{Back}}"
        col.models.add_template(model, template)
        col.models.add(model)
        deck = col.decks.id("Biology")
        assert deck is not None
        requests = []
        for said in words(count):
            note = Note(col, model)
            note.guid, note.fields, note.tags = said.key.hex, said.fields, said.tags
            requests.append(AddNoteRequest(note=note, deck_id=deck))
        col.add_notes(requests)
        options = ExportAnkiPackageOptions(with_media=False)
        col.export_anki_package(out_path=str(path), options=options, limit=DeckIdLimit(deck))
        col.close()


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "ours": write_ours,
    "images": write_ours_with_images,
    "genanki": write_genanki,
    "anki": write_anki,
}


def peak_megabytes() -> float:
    """The most memory this program held. (`getrusage` counts what its parent held too.)"""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) / 1024


def main() -> None:
    writer, count = WRITERS[sys.argv[1]], int(sys.argv[2])
    with TemporaryDirectory() as folder:
        path = Path(folder, "deck.apkg")
        writer(path, 1)  # loads what it needs
        begun = time.process_time()
        writer(path, count)
        seconds = time.process_time() - begun
        measured = {"seconds": seconds, "bytes": path.stat().st_size, "peak": peak_megabytes()}
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main()
