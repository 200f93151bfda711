"""From the bytes of a file to its text."""

from apps.extraction.readers.decode import MAX_BYTES, check_size
from apps.extraction.readers.errors import Unread, Unreadable
from apps.extraction.readers.registry import read, reader_of

__all__ = ["MAX_BYTES", "Unread", "Unreadable", "check_size", "read", "reader_of"]
