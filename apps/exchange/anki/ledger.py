"""What a learner has of an exam in Anki, so that an edit always arrives and nothing else moves.

Anki takes a note for newer only where its date is later than that of the learner's own copy, which
every tag, edit or leech of theirs moves on. A note is therefore dated now if its content differs
from what the learner downloaded last, and keeps the date it had then if it does not.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from apps.common.models import JobState
from apps.exchange.anki.package.fields import Rendered
from apps.exchange.anki.places import DeckPath
from apps.exchange.models import Change, Export, LedgerEntry

ENTRIES_AT_ONCE = 1000


class Ledger:
    """The entries of one export, made from those of the learner's last download.

    `look_up` some items, then `enter` their notes; `close` when all are in.
    """

    def __init__(self, export: Export, *, now: datetime) -> None:
        self._export = export
        self._now = now.replace(microsecond=0)
        self._base = Export.objects.last_download(export.user, export.exam)
        had = self._base.entries.all() if self._base else LedgerEntry.objects.none()
        self._had = had
        self._kinds = set(had.values_list("kind", flat=True).distinct())
        self._known: dict[UUID, LedgerEntry] = {}
        self._topics: dict[UUID, int] = {}
        self._pending: list[LedgerEntry] = []
        self._counts: Counter[str] = Counter()

    def decks_of_topics(self) -> dict[int, DeckPath]:
        """The deck in which most of each topic's notes lie in the learner's Anki."""
        rows = self._had.values("topic", "deck").annotate(notes=Count("pk")).order_by("notes")
        return {row["topic"]: tuple(row["deck"]) for row in rows}

    def look_up(self, topics: dict[UUID, int]) -> None:
        """Recall what the learner has of these items, which now stand under these topics."""
        self._topics = topics
        self._known = {entry.item: entry for entry in self._had.filter(item__in=topics)}

    def deck(self, item: UUID) -> DeckPath | None:
        """The deck a note first came with; None if the learner does not have it."""
        known = self._known.get(item)
        return tuple(known.deck) if known else None

    def enter(self, rendered: Rendered, *, is_retired: bool = False) -> datetime | None:
        """Write a note down and return its date; None if it is to be left out of the file.

        A text update leaves out what has not changed and what it cannot bring: the next package
        does, images with the words around them.
        """
        note = rendered.note
        known = self._known.get(note.card_id)
        entry = LedgerEntry(
            export=self._export,
            item=note.card_id,
            kind=note.kind,
            digest=rendered.digest,
            modified_at=self._now,
            deck=list(note.subdeck),
            topic=self._topics[note.card_id],
            is_retired=is_retired,
        )
        entry.change = change_of(known, entry)
        is_beyond_text = note.kind not in self._kinds or (
            note.images and entry.change != Change.SAME
        )
        if self._export.as_text and is_beyond_text:
            return None
        if known is None:
            entry.modified_at = note.modified
        elif entry.change == Change.SAME:
            entry.modified_at = known.modified_at
        else:
            entry.modified_at = max(self._now, known.modified_at + timedelta(seconds=1))
        modified_at = entry.modified_at
        if known is not None and entry.change == Change.CONFLICT:
            entry.kind, entry.digest, entry.modified_at = (
                known.kind,
                known.digest,
                known.modified_at,
            )
        self._add(entry)
        is_brought = entry.change not in {Change.SAME, Change.CONFLICT}
        return modified_at if is_brought or not self._export.as_text else None

    def missing(self) -> Iterator[list[UUID]]:
        """What the learner has and no note was entered for, but for what is retired already."""
        self._flush()
        entered = self._export.entries.values("item")
        left = self._had.filter(is_retired=False).exclude(item__in=entered).order_by("pk")
        items = list(left.values_list("item", flat=True))
        for start in range(0, len(items), ENTRIES_AT_ONCE):
            yield items[start : start + ENTRIES_AT_ONCE]

    @property
    def counts(self) -> dict[str, int]:
        """How many notes changed in which way."""
        return dict(self._counts)

    def close(self) -> None:
        """Carry over what the file does not hold."""
        self._flush()
        entered = set(self._export.entries.values_list("item", flat=True))
        for entry in self._had.iterator(chunk_size=ENTRIES_AT_ONCE):
            if entry.item not in entered:
                entry.pk, entry.export, entry.change = None, self._export, Change.ABSENT
                self._add(entry)
        self._flush()

    def _add(self, entry: LedgerEntry) -> None:
        self._pending.append(entry)
        self._counts[entry.change] += 1
        if len(self._pending) >= ENTRIES_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        LedgerEntry.objects.bulk_create(self._pending)
        self._pending.clear()


def change_of(known: LedgerEntry | None, entry: LedgerEntry) -> Change:
    """What an import of the entry's note does to a learner who has the known one."""
    if known is None:
        return Change.NEW
    if known.kind != entry.kind:
        return Change.CONFLICT
    if entry.is_retired:
        return Change.RETIRED
    if known.topic != entry.topic:
        return Change.MOVED
    return Change.SAME if known.digest == entry.digest else Change.EDITED


def forget_older(export: Export) -> None:
    """Let go of exports without a file, but for the one that the next will be compared with."""
    base = Export.objects.last_download(export.user, export.exam)
    gone = Export.objects.filter(
        user=export.user, exam=export.exam, state=JobState.SUCCEEDED, file=""
    )
    if base is not None:
        gone = gone.exclude(pk=base.pk)
    gone.delete()
