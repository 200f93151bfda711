"""The media of a package: an image is copied out, under its hash, once a note shows it.

No name of the package ever becomes a path, and what is no image by its own bytes is not kept.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from apps.common.images import LARGEST_IMAGE, RefusedImage, read_head
from apps.exchange.anki.package.reader_archive import (
    BROKEN,
    CHUNK,
    MEGABYTE,
    Opened,
    open_member,
)
from apps.exchange.anki.package.reader_contents import ReadMedia, Skip
from apps.exchange.anki.package.reader_errors import UnreadablePackage

FOLDER = "media"
MOST_BYTES = 200 * MEGABYTE
MOST_IMAGES = 10_000
_LONGEST_NAME = 200
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tiff"))
_SOUNDS = frozenset((".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".flac", ".aac", ".3gp"))
_VIDEOS = frozenset((".mp4", ".webm", ".mkv", ".mov", ".avi", ".mpg", ".mpeg", ".ogv", ".m4v"))
# How our own exports name an image: a deck that comes back without media is known by it.
_OURS = re.compile(r"passnotes-([0-9a-f]{64})\.[a-z]{3,4}")


@dataclass(slots=True)
class _File:
    """A media file: the member that holds it, and what became of it once it was asked for."""

    name: str
    member: str
    sha256: str = ""
    skip: Skip | None = None
    is_read: bool = False


class Media:
    """The media files of an open package, within limits of number and bytes for all of them."""

    def __init__(self, opened: Opened, folder: Path) -> None:
        self._opened = opened
        self._folder = folder / FOLDER
        self._files = [_File(name, member) for member, name in opened.media]
        self._by_name = {_plain(file.name): file for file in reversed(self._files)}
        self._bytes_left = MOST_BYTES
        self._images_left = MOST_IMAGES

    def find(self, name: str) -> str | None:
        """The hash of this image, which is copied out; None where there is none to be kept.

        One of ours is known even where its file is missing.
        """
        file = self._by_name.get(_plain(name)) or self._by_name.get(_plain(unquote(name)))
        if file is None:
            ours = _OURS.fullmatch(name)
            return ours[1] if ours else None
        if not file.is_read:
            file.is_read = True
            self._copy(file)
        return file.sha256 or None

    def told(self) -> tuple[ReadMedia, ...]:
        """Every media file with its hash, or why it is left out."""
        return tuple(
            ReadMedia(
                file.name[:_LONGEST_NAME],
                file.sha256,
                file.skip if file.is_read else _why_unread(file.name),
            )
            for file in self._files
        )

    def _copy(self, file: _File) -> None:
        if self._bytes_left <= 0 or self._images_left <= 0:
            file.skip = Skip.TOO_MUCH_MEDIA
            return
        try:
            data = self._read(file.member)
            read_head(data)
        except RefusedImage as refused:
            file.skip = Skip(str(refused.reason))
        except (UnreadablePackage, *BROKEN):
            file.skip = Skip.DAMAGED_FILE
        else:
            self._images_left -= 1
            file.sha256 = hashlib.sha256(data).hexdigest()
            self._folder.mkdir(exist_ok=True)
            (self._folder / file.sha256).write_bytes(data)

    def _read(self, member: str) -> bytes:
        """The bytes of a member, one more than an image may have at most."""
        data = bytearray()
        with open_member(self._opened.archive, member, self._opened.layout) as source:
            while len(data) <= LARGEST_IMAGE and (chunk := source.read(CHUNK)):
                data += chunk
                self._bytes_left -= len(chunk)
        return bytes(data)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _why_unread(name: str) -> Skip:
    """Why a file is left out that no note shows as a picture."""
    suffix = PurePosixPath(name).suffix.casefold()
    if suffix in _SOUNDS:
        return Skip.SOUND
    if suffix in _VIDEOS:
        return Skip.VIDEO
    return Skip.UNUSED if suffix in _PICTURES else Skip.OTHER_MEDIA
