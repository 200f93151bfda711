"""What an export changes in its learner's Anki, in words they know it by."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.bank.models import Card, Question
from apps.bank.prompts import GAP
from apps.exchange.models import Change, Export, LedgerEntry

SHOWN = 50
# In the order in which a learner wants to know of them.
TOLD = (Change.CONFLICT, Change.RETIRED, Change.MOVED, Change.EDITED, Change.NEW)


@dataclass(frozen=True)
class Changed:
    """One note; `words` are what it asks, empty if the card is no longer there."""

    item: UUID
    kind: str
    change: str
    words: str


@dataclass(frozen=True)
class ChangeGroup:
    """All notes that change in one way, and the first of them."""

    change: Change
    count: int
    shown: list[Changed]

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


def in_words(entries: Iterable[LedgerEntry]) -> list[Changed]:
    """These entries with what their notes ask."""
    listed = list(entries)
    items = [entry.item for entry in listed]
    cards = Card.objects.filter(pk__in=items).values_list("pk", "front")
    words = {pk: GAP.sub(lambda gap: gap["hidden"], front) for pk, front in cards}
    words |= dict(Question.objects.filter(pk__in=items).values_list("pk", "stem"))
    return [
        Changed(entry.item, entry.kind, entry.change, words.get(entry.item, "")) for entry in listed
    ]


def preview(export: Export) -> list[ChangeGroup]:
    """What importing the file does, the most notable first; what stays as it was is left out."""
    return [
        ChangeGroup(
            change=change,
            count=export.changes[change],
            shown=in_words(export.entries.filter(change=change)[:SHOWN]),
        )
        for change in TOLD
        if export.changes.get(change)
    ]
