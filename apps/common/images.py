"""What an image says of itself in its first bytes: its kind and size, without decoding it.

Only kinds that every browser shows and that hold no script are taken: PNG, JPEG, GIF and WebP.
"""

import struct
from dataclasses import dataclass
from enum import StrEnum

LARGEST_IMAGE = 10 * 1024 * 1024
# A few bytes can stand for a picture that takes gigabytes once a browser has decoded it.
MOST_PIXELS = 50_000_000
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))
_START_OF_SCAN, _END = 0xDA, 0xD9


class ImageKind(StrEnum):
    """The kinds that are taken; the value is the suffix of a file's name."""

    PNG = "png"
    JPEG = "jpg"
    GIF = "gif"
    WEBP = "webp"

    @property
    def content_type(self) -> str:
        return f"image/{'jpeg' if self is ImageKind.JPEG else self.value}"


class Refusal(StrEnum):
    """Why a file is not taken as an image, for whoever sent it."""

    OTHER_KIND = "it is no PNG, JPEG, GIF or WebP image"
    SVG = "it is an SVG image, which can hold scripts"
    DAMAGED = "it is damaged"
    TOO_LARGE = "it is larger than 10 MB"
    TOO_MANY_PIXELS = "it has more than 50 million pixels"


class RefusedImage(ValueError):
    """Bytes that are not taken as an image."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ImageHead:
    """The kind of an image and its size in pixels."""

    kind: ImageKind
    width: int
    height: int


def read_head(data: bytes) -> ImageHead:
    """The head of an image that may be kept; raises RefusedImage."""
    if len(data) > LARGEST_IMAGE:
        raise RefusedImage(Refusal.TOO_LARGE)
    kind = _kind(data)
    try:
        width, height = _SIZES[kind](data)
    except (struct.error, IndexError) as error:
        raise RefusedImage(Refusal.DAMAGED) from error
    if not width or not height:
        raise RefusedImage(Refusal.DAMAGED)
    if width * height > MOST_PIXELS:
        raise RefusedImage(Refusal.TOO_MANY_PIXELS)
    return ImageHead(kind, width, height)


def _kind(data: bytes) -> ImageKind:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return ImageKind.JPEG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ImageKind.GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ImageKind.WEBP
    if b"<svg" in data[:1000].lower():
        raise RefusedImage(Refusal.SVG)
    raise RefusedImage(Refusal.OTHER_KIND)


Size = tuple[int, int]


def _size_of_png(data: bytes) -> Size:
    length, name, width, height = struct.unpack_from(">I4sII", data, 8)
    return (width, height) if (length, name) == (13, b"IHDR") else (0, 0)


def _size_of_gif(data: bytes) -> Size:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _size_of_jpeg(data: bytes) -> Size:
    """What the frame says, which lies behind segments such as a camera's notes."""
    at = 2
    while data[at] == 0xFF:  # noqa: PLR2004 - every segment begins with it
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - padding before a segment
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        elif marker in _START_OF_FRAME:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        elif marker in {_START_OF_SCAN, _END}:
            break
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            at += 2 + max(length, 2)
    return 0, 0


def _size_of_webp(data: bytes) -> Size:
    match data[12:16]:
        case b"VP8X":
            canvas = struct.unpack_from("<HBHB", data, 24)
            return 1 + canvas[0] + (canvas[1] << 16), 1 + canvas[2] + (canvas[3] << 16)
        case b"VP8L":
            (packed,) = struct.unpack_from("<I", data, 21)
            return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0


_SIZES = {
    ImageKind.PNG: _size_of_png,
    ImageKind.JPEG: _size_of_jpeg,
    ImageKind.GIF: _size_of_gif,
    ImageKind.WEBP: _size_of_webp,
}
