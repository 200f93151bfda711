"""Writes an Anki package: one deck of notes, with or without the learner's own progress."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO
from uuid import UUID

from apps.exchange.anki.package.collection import Collection, Row, serialize
from apps.exchange.anki.package.contents import (
    DeckNote,
    NoteKind,
    Preset,
    RevlogEntry,
    UnwritableNoteError,
)
from apps.exchange.anki.package.decks import (
    DEFAULT_DECK_NAME,
    DEFAULT_PRESET,
    deck_as_schema11,
    deck_id,
    deck_path,
    note_tags,
    preset_key,
    presets_as_schema11,
    with_parents,
)
from apps.exchange.anki.package.fields import note_fields, note_ordinals
from apps.exchange.anki.package.ids import guid, stable_id, take_id
from apps.exchange.anki.package.notetypes import NOTETYPES, as_schema11
from apps.exchange.anki.package.scheduling import card_columns, epoch_ms, revlog_row
from apps.exchange.anki.package.text import sort_text

_ZIP_DATE = (2020, 1, 1, 0, 0, 0)
# Several times as fast as zlib's own choice, for a file hardly larger.
_COMPRESSION = 1

Prompt = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class _History:
    """The answers by the ids of their rows (milliseconds), and the last id of each prompt."""

    answers: Mapping[int, RevlogEntry]
    last: Mapping[Prompt, int]


@dataclass(slots=True)
class _Draft:
    """The rows written so far, and the ids that are taken."""

    notes: list[Row] = field(default_factory=list)
    cards: list[Row] = field(default_factory=list)
    card_ids: dict[Prompt, int] = field(default_factory=dict)
    decks: set[str] = field(default_factory=set)
    kinds: set[NoteKind] = field(default_factory=set)
    written: set[UUID] = field(default_factory=set)
    taken_note_ids: set[int] = field(default_factory=set)
    taken_card_ids: set[int] = field(default_factory=set)


def write_package(
    out: BinaryIO,
    deck_name: str,
    notes: Iterable[DeckNote],
    *,
    today: date,
    revlog: Iterable[RevlogEntry] = (),
    preset: Preset | None = None,
) -> None:
    """Write notes as a package of Anki's oldest form (schema 11), which every version reads.

    Notes without progress, revlog and preset make a clean deck to share; with them, the learner's
    own deck. `today` is the learner's local day. The same input gives the same bytes. Answers to
    prompts that no note asks any more have no card to belong to and are left out. Raises
    `UnwritableNoteError` for a note that asks nothing or that comes twice, `ValueError` for a
    moment without a time zone.
    """
    history = _history(revlog)
    draft = _Draft(decks={deck_path(deck_name, ())})
    for note in notes:
        _add(draft, note, deck_path(deck_name, note.subdeck), today, history.last)
    collection = Collection(
        notes=draft.notes,
        cards=draft.cards,
        revlog=_revlog_rows(history.answers, draft.card_ids),
        notetypes=_notetypes(draft.kinds),
        decks=_decks(draft.decks, preset_key(preset)),
        presets=presets_as_schema11(preset),
    )
    _write_zip(out, serialize(collection))


def asked_ordinals(note: DeckNote) -> tuple[int, ...]:
    """The ordinals of the cards that the note makes in Anki; a note with none cannot be written."""
    return note_ordinals(note, note_fields(note))


def _history(revlog: Iterable[RevlogEntry]) -> _History:
    answers: dict[int, RevlogEntry] = {}
    taken: set[int] = set()
    for entry in sorted(revlog, key=lambda e: (e.reviewed_at, e.card_id, e.ordinal)):
        answers[take_id(epoch_ms(entry.reviewed_at), taken)] = entry
    last = {(entry.card_id, entry.ordinal): row_id for row_id, entry in answers.items()}
    return _History(answers, last)


def _add(
    draft: _Draft, note: DeckNote, deck: str, today: date, last_answers: Mapping[Prompt, int]
) -> None:
    """Add one note's row and the rows of its cards; Anki makes no card by itself on import."""
    fields = note_fields(note)
    ordinals = note_ordinals(note, fields)
    if not ordinals:
        raise UnwritableNoteError(note.card_id, "it asks nothing")
    if note.card_id in draft.written:
        raise UnwritableNoteError(note.card_id, "it comes twice")
    draft.written.add(note.card_id)
    draft.decks.add(deck)
    draft.kinds.add(note.kind)
    note_id = take_id(stable_id("note", note.card_id.hex), draft.taken_note_ids)
    modified = epoch_ms(note.modified) // 1000
    draft.notes.append(_note_row(note, note_id, modified, list(fields.values())))
    for ordinal in ordinals:
        prompt = note.card_id, ordinal
        card_id = take_id(stable_id("card", note.card_id.hex, str(ordinal)), draft.taken_card_ids)
        draft.card_ids[prompt] = card_id
        columns = card_columns(
            note.prompts[ordinal] if ordinal < len(note.prompts) else None,
            position=note.position,
            today=today,
            last_answer_ms=last_answers.get(prompt),
        )
        draft.cards.append((card_id, note_id, deck_id(deck), ordinal, modified, -1, *columns))


def _note_row(note: DeckNote, note_id: int, modified: int, fields: list[str]) -> Row:
    sort_field = sort_text(fields[0])
    # Anki compares notes by the first 32 bits of the SHA-1 of their first field.
    checksum = hashlib.sha1(sort_field.encode(), usedforsecurity=False).digest()[:4]
    return (
        *(note_id, guid(note.card_id), NOTETYPES[note.kind].notetype_id, modified, -1),
        *(note_tags(note.path, note.tags), "\x1f".join(fields), sort_field),
        *(int.from_bytes(checksum, "big"), 0, ""),
    )


def _revlog_rows(
    answers: Mapping[int, RevlogEntry], card_ids: Mapping[Prompt, int]
) -> Iterator[Row]:
    for row_id, entry in answers.items():
        card_id = card_ids.get((entry.card_id, entry.ordinal))
        if card_id is not None:
            yield revlog_row(entry, row_id, card_id)


def _notetypes(kinds: Iterable[NoteKind]) -> dict[str, dict[str, object]]:
    used = (NOTETYPES[kind] for kind in kinds)
    return {str(notetype.notetype_id): as_schema11(notetype) for notetype in used}


def _decks(paths: Iterable[str], preset_id: int) -> dict[str, dict[str, object]]:
    decks = [deck_as_schema11(DEFAULT_DECK_NAME, DEFAULT_PRESET)]
    names = {name for path in paths for name in with_parents(path)}
    decks += [deck_as_schema11(name, preset_id) for name in sorted(names)]
    return {str(deck["id"]): deck for deck in decks}


def _write_zip(out: BinaryIO, database: bytes) -> None:
    members = {"collection.anki2": database, "media": json.dumps({}).encode()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as package:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            package.writestr(member, data, zipfile.ZIP_DEFLATED, _COMPRESSION)
