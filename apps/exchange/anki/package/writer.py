"""Writes an Anki package: one deck of notes, with or without the learner's own progress."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from apps.exchange.anki.package.collection import CollectionFile, Settings
from apps.exchange.anki.package.contents import DeckNote, NoteKind, Preset, UnwritableNoteError
from apps.exchange.anki.package.decks import (
    DEFAULT_DECK_NAME,
    DEFAULT_PRESET,
    deck_as_schema11,
    deck_id,
    deck_path,
    preset_key,
    presets_as_schema11,
    with_parents,
)
from apps.exchange.anki.package.fields import Rendered, render
from apps.exchange.anki.package.ids import guid, stable_id
from apps.exchange.anki.package.notetypes import NOTETYPES, as_schema11
from apps.exchange.anki.package.scheduling import (
    card_columns,
    epoch_ms,
    revlog_columns,
    revlog_ids,
)
from apps.exchange.anki.package.text import image_name, sort_text

_ZIP_DATE = (2020, 1, 1, 0, 0, 0)
# Several times as fast as zlib's own choice, for a file hardly larger.
_COMPRESSION = 1
_COPIED_AT_ONCE = 1 << 16

Dated = tuple[Rendered, datetime]
# Opens the image of a SHA-256 and suffix.
OpenImage = Callable[[str, str], BinaryIO]


def no_image(sha256: str, _suffix: str) -> BinaryIO:
    """Opens nothing: for notes without images."""
    raise ValueError(f"Nobody said how to open the image {sha256}.")


def write_package(
    out: BinaryIO,
    deck_name: str,
    notes: Iterable[DeckNote],
    *,
    today: date,
    preset: Preset | None = None,
    open_image: OpenImage = no_image,
) -> None:
    """Write notes as a package, each dated as it says; see `write_rendered`."""
    dated = ((render(note), note.modified) for note in notes)
    write_rendered(out, deck_name, dated, today=today, preset=preset, open_image=open_image)


def write_rendered(
    out: BinaryIO,
    deck_name: str,
    notes: Iterable[Dated],
    *,
    today: date,
    preset: Preset | None = None,
    open_image: OpenImage = no_image,
) -> None:
    """Write notes as a package of Anki's oldest form (schema 11), which every version reads.

    Each note comes with the moment from which Anki takes its content for newer. Notes without
    progress and preset make a clean deck to share; with them, the learner's own deck. `today` is
    the learner's local day. Notes are taken one at a time and not kept, and images are copied
    piece by piece; `open_image` is only needed where notes have some. The same input gives the
    same bytes. Raises `UnwritableNoteError` for a note that asks nothing or that comes twice,
    `ValueError` for a moment without a time zone.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "collection.anki2")
        with closing(CollectionFile(path)) as collection:
            writing = _Writing(collection, deck_name, today)
            for rendered, modified in notes:
                writing.add(rendered, modified)
            collection.finish(writing.settings(preset))
        _write_zip(out, path, writing.images, open_image)


class _Writing:
    """One package on its way, and what its notes have used so far.

    Anki knows notes by their guids and gives rows whose ids are taken new ones, so the ids here
    need only be a deck's own. They ascend, as a database is quickest filled from front to back.
    """

    def __init__(self, collection: CollectionFile, deck_name: str, today: date) -> None:
        self._collection = collection
        self._deck_name = deck_name
        self._today = today
        self._deck_ids: dict[tuple[str, ...], int] = {(): deck_id(deck_path(deck_name, ()))}
        self._kinds: set[NoteKind] = set()
        self._written: set[int] = set()
        # By digest, in the order of the notes, with their suffixes.
        self.images: dict[bytes, str] = {}
        self._last_note = stable_id("notes", deck_name)
        self._last_card = stable_id("cards", deck_name)

    def add(self, rendered: Rendered, modified: datetime) -> None:
        """Add one note's row and the rows of its cards; Anki makes no card by itself on import."""
        note = rendered.note
        if not rendered.ordinals:
            raise UnwritableNoteError(note.card_id, "it asks nothing")
        if note.card_id.int in self._written:
            raise UnwritableNoteError(note.card_id, "it comes twice")
        self._written.add(note.card_id.int)
        self._kinds.add(note.kind)
        for image in note.images:
            self.images.setdefault(bytes.fromhex(image.sha256), image.suffix)
        self._last_note += 1
        seconds = epoch_ms(modified) // 1000
        sort_field = sort_text(rendered.fields[0])
        # Anki compares notes by the first 32 bits of the SHA-1 of their first field.
        checksum = hashlib.sha1(sort_field.encode(), usedforsecurity=False).digest()[:4]
        notetype = NOTETYPES[note.kind].notetype_id
        self._add_cards(note, rendered.ordinals, seconds)
        self._collection.add_note(
            (
                *(self._last_note, guid(note.card_id), notetype, seconds, -1, rendered.tags),
                *(rendered.joined, sort_field, int.from_bytes(checksum, "big"), 0, ""),
            )
        )

    def _add_cards(self, note: DeckNote, ordinals: Iterable[int], seconds: int) -> None:
        deck = self._deck_id(note.subdeck)
        for ordinal in ordinals:
            self._last_card += 1
            progress = note.prompts[ordinal] if ordinal < len(note.prompts) else None
            columns = card_columns(progress, position=note.position, today=self._today)
            self._collection.add_card(
                (self._last_card, self._last_note, deck, ordinal, seconds, -1, *columns)
            )
            for answer in progress.answers if progress else ():
                self._collection.add_answer(
                    revlog_ids(answer), revlog_columns(answer, self._last_card)
                )

    def _deck_id(self, subdeck: tuple[str, ...]) -> int:
        if subdeck not in self._deck_ids:
            self._deck_ids[subdeck] = deck_id(deck_path(self._deck_name, subdeck))
        return self._deck_ids[subdeck]

    def settings(self, preset: Preset | None) -> Settings:
        """The notetypes and decks that were used, each deck after those it lies in."""
        used = (NOTETYPES[kind] for kind in NoteKind if kind in self._kinds)
        paths = (deck_path(self._deck_name, subdeck) for subdeck in self._deck_ids)
        names = {name for path in paths for name in with_parents(path)}
        decks = [deck_as_schema11(DEFAULT_DECK_NAME, DEFAULT_PRESET)]
        decks += [deck_as_schema11(name, preset_key(preset)) for name in sorted(names)]
        return Settings(
            notetypes={str(notetype.notetype_id): as_schema11(notetype) for notetype in used},
            decks={str(deck["id"]): deck for deck in decks},
            presets=presets_as_schema11(preset),
        )


def _write_zip(
    out: BinaryIO, collection: Path, images: Mapping[bytes, str], open_image: OpenImage
) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as package:
        with collection.open("rb") as rows, package.open(_member("collection.anki2"), "w") as to:
            shutil.copyfileobj(rows, to, _COPIED_AT_ONCE)
        with package.open(_member("media"), "w") as to:
            # Piece by piece: the map of a large deck takes more memory than its notes.
            for number, (digest, suffix) in enumerate(images.items()):
                entry = f'"{number}": "{image_name(digest.hex(), suffix)}"'
                to.write(f"{', ' if number else '{'}{entry}".encode())
            to.write(b"}" if images else b"{}")
        for number, (digest, suffix) in enumerate(images.items()):
            # Images are compressed as they are.
            member = _member(str(number), zipfile.ZIP_STORED)
            with open_image(digest.hex(), suffix) as source, package.open(member, "w") as to:
                shutil.copyfileobj(source, to, _COPIED_AT_ONCE)


def _member(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _ZIP_DATE)
    member.compress_type = method
    member._compresslevel = _COMPRESSION  # type: ignore[attr-defined]
    return member
