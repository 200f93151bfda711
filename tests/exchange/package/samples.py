"""Notes, packages and a way to read a card's sides, shared by the tests of the package format."""

import html
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.exchange.anki.package.contents import DeckNote, NoteKind, Preset
from apps.exchange.anki.package.writer import write_package

NOW = datetime.now(UTC).replace(microsecond=0)
# Anki's day starts at four in the morning.
TODAY = (NOW - timedelta(hours=4)).date()
WRITTEN = NOW - timedelta(days=10)

_TEXT = re.compile(r'<div class="text">(.*?)</div>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def uuid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def guid(name: str) -> str:
    """The guid under which the note of this name is to be found in Anki."""
    return uuid(name).hex


def note(name: str, front: str, back: str = "", **values: Any) -> DeckNote:
    given = {"kind": NoteKind.BASIC, "modified": WRITTEN, "position": 1, **values}
    return DeckNote(card_id=uuid(name), front=front, back=back, **given)


def package(
    notes: Iterable[DeckNote],
    *,
    deck: str = "Cloud exam",
    today: date = TODAY,
    preset: Preset | None = None,
) -> bytes:
    out = io.BytesIO()
    write_package(out, deck, notes, today=today, preset=preset)
    return out.getvalue()


def shown(side: str) -> list[str]:
    """What a side of a card shows in each of its text boxes."""
    return [plain(box) for box in _TEXT.findall(side)]


def plain(fragment: str) -> str:
    return html.unescape(_TAG.sub("", fragment.replace("<br>", "\n")))
