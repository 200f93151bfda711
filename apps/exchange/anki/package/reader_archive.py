"""The outside of a package: a zip archive whose members are only ever copied within limits."""

import io
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import IO

import zstandard

from apps.exchange.anki.package.reader_errors import (
    Unread,
    UnreadablePackage,
    damaged,
    no_package,
    too_large,
)
from apps.exchange.anki.package.reader_protobuf import fields, number_of, text_of

MEGABYTE = 1024 * 1024
LARGEST_COLLECTION = 200 * MEGABYTE
LARGEST_MEDIA_MAP = 16 * MEGABYTE
LARGEST_META = 1024
MOST_MEMBERS = 100_000
MOST_MEDIA = 100_000
CHUNK = 256 * 1024
# Anki writes windows of 2 MB; a frame that asks for more than this is after our memory.
_LARGEST_WINDOW = 32 * MEGABYTE
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
# Everything the standard library raises at an archive that somebody has tampered with.
BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, zstandard.ZstdError, OSError),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError),
)


class Layout(StrEnum):
    """The three forms of a package, by the member that holds its collection."""

    LEGACY1 = "collection.anki2"
    LEGACY2 = "collection.anki21"
    LATEST = "collection.anki21b"

    @property
    def told(self) -> str:
        return {
            Layout.LEGACY1: "Anki 2.0 and later",
            Layout.LEGACY2: "Anki 2.1 and later",
            Layout.LATEST: "Anki 2.1.50 and later",
        }[self]


_META, _MEDIA = "meta", "media"
# What a package's own record of its form says; 0 is what early writers left out.
_LAYOUTS = {0: Layout.LEGACY1, 1: Layout.LEGACY1, 2: Layout.LEGACY2, 3: Layout.LATEST}


@dataclass(frozen=True, slots=True)
class Opened:
    """A package taken apart: where its collection lies now, and its media as (member, name).

    Whoever opened it closes the archive.
    """

    archive: zipfile.ZipFile
    layout: Layout
    collection: Path
    media: tuple[tuple[str, str], ...]


def open_archive(package: Path, folder: Path) -> Opened:
    """Copy the collection of a package into `folder` and read the list of its media.

    No name of the archive ever becomes a path. Raises UnreadablePackage.
    """
    with _told_as_damaged("its archive"):
        archive = _archive(package)
        _check_members(archive.infolist())
        layout = _layout(archive)
        collection = folder / "collection.sqlite"
        with open_member(archive, layout.value, layout) as source, collection.open("wb") as target:
            for chunk in _limited(source, LARGEST_COLLECTION, "its collection"):
                target.write(chunk)
        return Opened(archive, layout, collection, _media_names(archive, layout))


@contextmanager
def _told_as_damaged(what: str) -> Iterator[None]:
    try:
        yield
    except UnreadablePackage:
        raise
    except BROKEN as error:
        raise damaged(what) from error


def _archive(package: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(package)
    except zipfile.BadZipFile as error:
        raise no_package() from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse archives that were made to mislead whoever unpacks them."""
    if len(members) > MOST_MEMBERS:
        raise too_large(f"it holds more than {MOST_MEMBERS:,} files")
    names = Counter(member.filename for member in members)
    for name, count in names.items():
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
            raise damaged("the name of one of its files leads out of the package, so it")
        if count > 1:
            raise damaged("a file that it holds twice")


def _layout(archive: zipfile.ZipFile) -> Layout:
    names = set(archive.namelist())
    if _META in names:
        with open_member(archive, _META, Layout.LEGACY1) as source:
            version = number_of(b"".join(_limited(source, LARGEST_META, "its version")), 1)
        if version not in _LAYOUTS:
            raise UnreadablePackage(
                Unread.TOO_NEW,
                "This package was made by an Anki newer than Passnotes knows. Export it with "
                "“Support older Anki versions” ticked.",
            )
        layout = _LAYOUTS[version]
    else:
        layout = Layout.LEGACY2 if Layout.LEGACY2 in names else Layout.LEGACY1
    if layout.value not in names:
        raise no_package()
    return layout


@contextmanager
def open_member(archive: zipfile.ZipFile, name: str, layout: Layout) -> Iterator[IO[bytes]]:
    """One member as a stream of what it says, through zstandard in the newest form."""
    info = archive.getinfo(name)
    if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
        raise damaged(f"its member “{name}”")
    with archive.open(info) as raw:
        if layout is not Layout.LATEST:
            yield raw
            return
        opened = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(raw)
        with opened as plain:
            yield plain


def _limited(source: IO[bytes], most: int, what: str) -> Iterator[bytes]:
    """The bytes of a stream; the limit holds for what comes out, whatever was declared."""
    left = most
    while chunk := source.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise too_large(f"{what} is larger than {most // MEGABYTE or 1} MB")
        yield chunk


def _media_names(archive: zipfile.ZipFile, layout: Layout) -> tuple[tuple[str, str], ...]:
    """The media files as (member, name); none where an old package has no list of them."""
    if _MEDIA not in archive.namelist():
        if layout is Layout.LATEST:
            raise damaged("its list of media")
        return ()
    with _told_as_damaged("its list of media"), open_member(archive, _MEDIA, layout) as source:
        listed = io.BytesIO()
        for chunk in _limited(source, LARGEST_MEDIA_MAP, "its list of media"):
            listed.write(chunk)
        names = (
            _names_of_entries(listed.getvalue())
            if layout is Layout.LATEST
            else _names_of_json(listed.getvalue())
        )
    if len(names) > MOST_MEDIA:
        raise too_large(f"it holds more than {MOST_MEDIA:,} media files")
    return tuple(names)


def _names_of_entries(listed: bytes) -> list[tuple[str, str]]:
    """The names in Anki's MediaEntries message: entries in field 1, their names in field 1.

    The first entry is of the member 0, and so on.
    """
    entries = [entry for number, entry in fields(listed) if number == 1]
    return [
        (str(place), text_of(entry, 1))
        for place, entry in enumerate(entries)
        if isinstance(entry, bytes)
    ]


def _names_of_json(listed: bytes) -> list[tuple[str, str]]:
    """The names in the map from members to names that older packages hold."""
    if not listed.strip():
        return []
    try:
        told = json.loads(listed)
    except RecursionError as error:
        raise damaged("its list of media") from error
    if not isinstance(told, dict):
        raise damaged("its list of media")
    return [(member, str(name)) for member, name in told.items()]
