"""Chooses the reader of a file."""

from apps.extraction.readers.docx import DocxReader
from apps.extraction.readers.html import HtmlReader
from apps.extraction.readers.markdown import MarkdownReader
from apps.extraction.readers.pdf import PdfReader
from apps.extraction.readers.plain import PlainReader
from apps.extraction.readers.protocol import Reader
from apps.extraction.sources import Source

READERS: tuple[Reader, ...] = (
    PdfReader(),
    DocxReader(),
    HtmlReader(),
    MarkdownReader(),
    PlainReader(),
)


def reader_of(name: str, data: bytes) -> Reader:
    """Return the reader that is surest it should read a file."""
    return max(READERS, key=lambda reader: reader.score(name, data))


def read(name: str, data: bytes) -> Source:
    """Return the text of a file, read by the surest reader; raise `Unreadable` if none can."""
    return reader_of(name, data).read(name, data)
