"""Chooses the reader of a file."""

from apps.extraction.documents import Source
from apps.extraction.readers.markdown import MarkdownReader
from apps.extraction.readers.plain import PlainReader
from apps.extraction.readers.protocol import Reader

READERS: tuple[Reader, ...] = (MarkdownReader(), PlainReader())


def read(name: str, data: bytes) -> Source:
    """Return the text of a file, read by the surest reader; raise `Unreadable` if none can."""
    best = max(READERS, key=lambda reader: reader.score(name, data))
    return best.read(name, data)
