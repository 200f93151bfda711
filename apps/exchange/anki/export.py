"""An exam as an Anki package, or as a text update of one."""

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from apps.bank.models import MediaFile
from apps.exchange.anki.gathering import Deck, notes_of
from apps.exchange.anki.package.textfile import write_text
from apps.exchange.anki.package.writer import Dated, write_rendered
from apps.exchange.anki.progress import preset_of


class Counted:
    """Counts notes while they pass."""

    def __init__(self) -> None:
        self.notes = 0
        self.answers = 0

    def each(self, notes: Iterator[Dated]) -> Iterator[Dated]:
        for rendered, modified in notes:
            self.notes += 1
            self.answers += sum(len(p.answers) for p in rendered.note.prompts if p)
            yield rendered, modified


def write_deck(out: BinaryIO, deck: Deck) -> Counted:
    """Write the package, and say what it holds; it is never held in memory as a whole."""
    counted = Counted()
    enrolment = deck.progress
    write_rendered(
        out,
        deck.exam.title,
        counted.each(notes_of(deck)),
        today=enrolment.calendar.day(deck.now) if enrolment else deck.now.date(),
        preset=preset_of(enrolment) if enrolment else None,
        open_image=open_image,
    )
    return counted


def open_image(sha256: str, suffix: str) -> BinaryIO:
    """The bytes of an image, as cards keep them."""
    return cast("BinaryIO", default_storage.open(MediaFile(sha256=sha256, kind=suffix).name))


def write_update(out: BinaryIO, deck: Deck) -> Counted:
    """Write the text update, and say what it holds."""
    counted = Counted()
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    rendered = (rendered for rendered, _ in counted.each(notes_of(deck)))
    write_text(text, deck.exam.title, rendered)
    text.detach()
    return counted
