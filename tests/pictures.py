"""Images as small as they come, each with its own bytes, and cards that show them."""

import struct
import zlib
from functools import partial

from apps.bank.models import Card, MediaFile
from apps.bank.services.items import Attached, images_of, save_card
from apps.bank.services.media import store_images
from tests.factories import NOW

LARGE = 10_000


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture(number: int = 0, width: int = 2, height: int = 1) -> bytes:
    """A PNG of one colour, another one for each number; of a large one only the head is true."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    told = (width, height) if width * height < LARGE else (2, 1)
    rows = zlib.compress((b"\0" + struct.pack(">I", number)[1:] * told[0]) * told[1])
    parts = chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(width: int = 2, height: int = 1) -> bytes:
    """The head of a photo as a camera writes it: its notes come before its size."""
    notes = b"\xff\xe1" + struct.pack(">H", 60_002) + b"\xff\xc0" * 30_000
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + notes + frame + b"\xff\xda" + bytes(20) + b"\xff\xd9"


def gif(width: int = 2, height: int = 1) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def webp(width: int = 2, height: int = 1) -> bytes:
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'


def attach(card: Card, *files: bytes, side: str = "front", alt: str = "A cell") -> MediaFile:
    """Show images on a side of a card, after those it has; returns the first one's file."""
    hashes = store_images(sources=[partial(bytes, data) for data in files], now=NOW)
    added = [Attached(side, sha256, alt) for sha256 in hashes]
    save_card(card=card, author=None, images=[*images_of(card), *added])
    return MediaFile.objects.get(pk=hashes[0])


def no_images() -> dict[str, str]:
    """What a browser sends of a card's form that holds no image."""
    return {"images-TOTAL_FORMS": "0", "images-INITIAL_FORMS": "0"}
