"""What became of every row of a package, for the person who sent it and for programs."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from apps.exchange.anki.package.reader_contents import ReadNote, ReadPackage

# Of each reason so many are told by name; all are counted.
TOLD_BY_NAME = 50
MOST_CHANGES = 200


class Fate(StrEnum):
    """What becomes of a row; of a note with several cards the first of these that holds."""

    IMPORTED = "imported"
    UPDATED = "updated"
    SUGGESTED = "suggested"
    MERGED = "merged"
    SKIPPED = "skipped"


@dataclass
class Report:
    """Counts of fates, and what was left out by reason.

    `notes`, `cards` (Anki's: one for each way a note asks), `reviews` and `media` add up to the
    rows and files of the package.
    """

    made_by: str
    notes: Counter[Fate] = field(default_factory=Counter)
    cards: Counter[Fate] = field(default_factory=Counter)
    reviews: Counter[Fate] = field(default_factory=Counter)
    media: Counter[Fate] = field(default_factory=Counter)
    suspended: int = 0
    resumed: int = 0
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    named: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    changes: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, package: ReadPackage) -> Self:
        """A report that so far knows what the reader itself has left out."""
        report = cls(package.made_by)
        for what, counted in (
            ("card", package.skipped_cards),
            ("answer", package.skipped_reviews),
        ):
            for reason, count in counted.items():
                report.skipped[what, str(reason)] += count
        report.cards[Fate.SKIPPED] = sum(package.skipped_cards.values())
        report.reviews[Fate.SKIPPED] = sum(package.skipped_reviews.values())
        return report

    def count_note(self, fate: Fate) -> None:
        self.notes[fate] += 1

    def count_cards(self, fate: Fate, count: int) -> None:
        self.cards[fate] += count

    def count_review(self, fate: Fate) -> None:
        self.reviews[fate] += 1

    def count_file(self, fate: Fate) -> None:
        self.media[fate] += 1

    def skip_file(self, name: str, reason: str) -> None:
        self.skip("media file", name, reason)
        self.count_file(Fate.SKIPPED)

    def skip(self, what: str, name: str, reason: str) -> None:
        """Something left out, told by name as long as there are not too many."""
        key = (what, reason)
        self.skipped[key] += 1
        names = self.named.setdefault(key, [])
        if name and len(names) < TOLD_BY_NAME:
            names.append(name)

    def skip_note(self, note: ReadNote, reason: str) -> None:
        """A note left out whole, its cards with it."""
        self.skip("note", note.name, str(reason))
        self.count_note(Fate.SKIPPED)
        self.count_cards(Fate.SKIPPED, len(note.ordinals))

    def skip_review(self, reason: str) -> None:
        self.skip("answer", "", reason)
        self.count_review(Fate.SKIPPED)

    def change(self, fate: Fate, before: str, after: str) -> None:
        """Words that an import changes or offers."""
        if len(self.changes) < MOST_CHANGES:
            self.changes.append({"change": str(fate), "before": before, "after": after})

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the package is here already, or left out."""
        quiet = {Fate.MERGED, Fate.SKIPPED}
        counted = (self.notes, self.cards, self.reviews, self.media)
        moved = self.suspended or self.resumed
        return not moved and all(fate in quiet for counts in counted for fate in +counts)

    def to_json(self) -> dict[str, Any]:
        return {
            "made_by": self.made_by,
            "notes": {str(fate): self.notes[fate] for fate in Fate},
            "cards": {str(f): self.cards[f] for f in (Fate.IMPORTED, Fate.MERGED, Fate.SKIPPED)},
            "reviews": {
                str(f): self.reviews[f] for f in (Fate.IMPORTED, Fate.MERGED, Fate.SKIPPED)
            },
            "media": {str(f): self.media[f] for f in (Fate.IMPORTED, Fate.MERGED, Fate.SKIPPED)},
            "suspended": self.suspended,
            "resumed": self.resumed,
            "skipped": [
                {
                    "what": what,
                    "reason": reason,
                    "count": count,
                    "names": self.named.get((what, reason), []),
                }
                for (what, reason), count in self.skipped.items()
                if count
            ],
            "changes": self.changes,
            "changes_nothing": self.changes_nothing,
        }
