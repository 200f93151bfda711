"""The one way into an Anki package: a file a stranger made becomes notes and answers, or a refusal.

What it holds is read and nothing of it is run, written or believed: see `reader_archive` for the
archive, `reader_collection` for the database, `reader_html` for the text and `reader_media` for
the images.
"""

from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apps.exchange.anki.package.reader_archive import open_archive
from apps.exchange.anki.package.reader_collection import Rows, open_collection
from apps.exchange.anki.package.reader_contents import ReadNote, ReadPackage, ReadReview, Skip
from apps.exchange.anki.package.reader_html import Find
from apps.exchange.anki.package.reader_media import FOLDER, Media
from apps.exchange.anki.package.reader_notes import MOST_ORDINALS, CardRow, read_note
from apps.exchange.anki.package.text import clean

_FIELD_SEPARATOR = "\x1f"
_LONGEST_GUID = 200
_SUSPENDED = -1
# Anki's first release; clocks of phones may run a little ahead.
_EARLIEST_MS = int(datetime(2006, 1, 1, tzinfo=UTC).timestamp() * 1000)
_CLOCKS_AHEAD = timedelta(days=1)
_LEARN, _RELEARN, _FILTERED, _MANUAL, _RESCHEDULED = 0, 2, 3, 4, 5
_HARDEST, _EASIEST = 1, 4
_UNSORTED = ("Imported",)

Prompt = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Cards:
    """The rows of Anki's `cards`: by note, and which prompt of which note each id is."""

    by_note: dict[int, list[CardRow]]
    prompts: dict[int, tuple[int, int]]
    damaged: int


def read_package(package: Path, folder: Path, *, now: datetime) -> ReadPackage:
    """Read a package of any form that Anki has written since 2012.

    `folder` is an empty one that may be filled; images stay there. Every row is in the answer, or
    counted there with the reason why it is not. Raises UnreadablePackage, and nothing else,
    whatever the bytes are.
    """
    opened = open_archive(package, folder)
    with closing(opened.archive), open_collection(opened.collection) as rows:
        media = Media(opened, folder)
        cards = _read_cards(rows)
        notes, guids = _read_notes(rows, cards, media.find)
        skipped_cards = Counter({Skip.DAMAGED_ROW: cards.damaged})
        for note_id, held in cards.by_note.items():
            if note_id not in guids:
                skipped_cards[Skip.NO_NOTE] += len(held)
        prompts = {
            card: (guids[note], ordinal)
            for card, (note, ordinal) in cards.prompts.items()
            if note in guids
        }
        reviews, skipped_reviews = _read_reviews(rows, prompts, now)
    return ReadPackage(
        made_by=opened.layout.told,
        notes=tuple(notes),
        reviews=tuple(reviews),
        skipped_cards=dict(+skipped_cards),
        skipped_reviews=dict(skipped_reviews),
        media=media.told(),
        folder=folder / FOLDER,
    )


def _read_cards(rows: Rows) -> _Cards:
    found = _Cards(defaultdict(list), {}, 0)
    damaged = 0
    taken: set[tuple[int, int]] = set()
    for card, note, deck, ordinal, _, queue, _, filtered_from in rows.cards():
        numbers = (card, note, deck, ordinal, queue, filtered_from)
        sound = all(isinstance(number, int) for number in numbers)
        if not sound or not 0 <= ordinal < MOST_ORDINALS or (note, ordinal) in taken:
            damaged += 1
            continue
        taken.add((note, ordinal))
        # A card in a filtered deck belongs to the deck it was taken from.
        path = _deck_path(rows.decks.get(filtered_from or deck, ()))
        found.by_note[note].append(CardRow(ordinal, path, queue == _SUSPENDED))
        found.prompts[card] = note, ordinal
    return _Cards(found.by_note, found.prompts, damaged)


def _deck_path(levels: tuple[str, ...]) -> tuple[str, ...]:
    titles = (" ".join(clean(level).split()) for level in levels)
    return tuple(title for title in titles if title) or _UNSORTED


def _read_notes(rows: Rows, cards: _Cards, find: Find) -> tuple[list[ReadNote], dict[int, str]]:
    """The notes in the order they were written, and their guids by Anki's ids."""
    notes: list[tuple[int, ReadNote]] = []
    guids: dict[int, str] = {}
    seen: set[str] = set()
    for place, (note_id, guid, notetype, _, joined) in enumerate(rows.notes()):
        known = isinstance(guid, str) and 0 < len(guid) <= _LONGEST_GUID
        if not known or not isinstance(note_id, int) or not isinstance(joined, str):
            reason = Skip.DAMAGED_ROW if known else Skip.NO_GUID
            notes.append((place, ReadNote(guid="", name=f"Note {place + 1}", skip=reason)))
            continue
        if guid in seen or note_id in guids:
            notes.append((note_id, ReadNote(guid=guid, name=clean(guid), skip=Skip.TWICE)))
            continue
        seen.add(guid)
        guids[note_id] = guid
        held = sorted(cards.by_note.get(note_id, ()), key=lambda row: row.ordinal)
        values = joined.split(_FIELD_SEPARATOR)
        read = read_note(guid, values, rows.notetypes.get(notetype), held, find)
        notes.append((note_id, read))
    return [note for _, note in sorted(notes, key=lambda each: each[0])], guids


def _read_reviews(
    rows: Rows, prompts: dict[int, Prompt], now: datetime
) -> tuple[list[ReadReview], Counter[Skip]]:
    reviews: list[ReadReview] = []
    skipped: Counter[Skip] = Counter()
    latest = int((now + _CLOCKS_AHEAD).timestamp() * 1000)
    for row in rows.revlog():
        reason = _why_not(row, prompts, latest)
        if reason is not None:
            skipped[reason] += 1
            continue
        moment, card, rating, _, duration, kind = row
        if rows.is_first_scheduler and kind in {_LEARN, _RELEARN} and rating > _HARDEST:
            # Its learning cards had three buttons: again, good, easy.
            rating = min(rating + 1, _EASIEST)
        guid, ordinal = prompts[card]
        reviews.append(ReadReview(guid, ordinal, moment, rating, max(duration, 0)))
    return sorted(reviews, key=lambda review: review.moment_ms), skipped


def _why_not(row: tuple[Any, ...], prompts: dict[int, Prompt], latest: int) -> Skip | None:
    """Why a row of the log is no answer of ours; None where it is one."""
    moment, card, rating, factor, _, kind = row
    if not all(isinstance(number, int) for number in row):
        return Skip.DAMAGED_ROW
    if kind in {_MANUAL, _RESCHEDULED} or rating == 0:
        return Skip.NOT_ANSWERED
    if not _HARDEST <= rating <= _EASIEST:
        return Skip.DAMAGED_ROW
    if kind == _FILTERED and factor == 0:
        return Skip.PRACTICE
    if card not in prompts:
        return Skip.NO_CARD
    if not _EARLIEST_MS <= moment <= latest:
        return Skip.OUT_OF_TIME
    return None
