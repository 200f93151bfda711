"""Decks whose images are traps: each is shown by a note, so that a reader looks at it."""

import json
import zipfile
from collections.abc import Callable, Mapping

import zstandard

from tests.exchange.package.foreign import Deck, packed, zipped
from tests.pictures import SVG, picture

MEGABYTE = 1024 * 1024
BOMB = picture() + bytes(12 * MEGABYTE)

Maker = Callable[[], bytes]


def deck_showing(*names: str) -> Deck:
    deck = Deck()
    for name in names:
        deck.note(f'What is this? <img src="{name}">', "An answer")
    return deck


def showing(files: Mapping[str, bytes]) -> Maker:
    """A package of the oldest form whose notes show these files."""
    return lambda: packed(deck_showing(*files).database(), files)


def latest_showing(files: Mapping[str, bytes]) -> Maker:
    """The same in the newest form; the files are compressed already."""

    def make() -> bytes:
        entries = b"".join(entry(name.encode()) for name in files)
        members = {
            "meta": b"\x08\x03",
            "collection.anki21b": zstandard.compress(deck_showing(*files).database()),
            "media": zstandard.compress(entries),
            **{str(place): data for place, data in enumerate(files.values())},
        }
        return zipped(members, zipfile.ZIP_STORED)

    return make


def entry(name: bytes) -> bytes:
    """A MediaEntry that holds nothing but its name."""
    return bytes([0x0A, len(name) + 2, 0x0A, len(name)]) + name


def mapped(told: Mapping[str, str], members: Mapping[str, bytes]) -> Maker:
    """A package whose media map says what it likes."""

    def make() -> bytes:
        held = {
            "collection.anki2": deck_showing(*told.values()).database(),
            "media": json.dumps(told).encode(),
        }
        return zipped(held | dict(members))

    return make


def hundred_thousand_files() -> bytes:
    names = {f"{number}.png": b"" for number in range(99_998)}
    deck = deck_showing(*list(names)[:20_000])
    return packed(deck.database(), names)


HOSTILE_MEDIA: dict[str, Maker] = {
    "huge image header": showing({"a.png": picture(width=2**31 - 1, height=2**31 - 1)}),
    "zip bomb as an image": showing({"a.png": BOMB * 8}),
    "many zip bombs as images": showing({f"{number}.png": BOMB for number in range(12)}),
    "zstandard bomb as an image": latest_showing({"a.png": zstandard.compress(BOMB)}),
    "image that is no frame": latest_showing({"a.png": picture()}),
    "images of the wrong kind": showing({"a.png": b"<script>x()</script>", "b.gif": SVG}),
    "map that leads out": mapped(
        {"0": "../../../../etc/owned", "1": "/etc/owned", "2": "C:\\owned"},
        {"0": picture(), "1": picture(1), "2": picture(2)},
    ),
    "map of members that lead out": mapped(
        {"../../../../etc/passwd": "a.png", "/etc/passwd": "b.png", "": "c.png"}, {}
    ),
    "map that names the collection": mapped({"collection.anki2": "a.png"}, {}),
    "map of members that are not there": mapped({"7": "a.png", "8": "b.png"}, {"0": picture()}),
    "a hundred thousand media files": hundred_thousand_files,
}
