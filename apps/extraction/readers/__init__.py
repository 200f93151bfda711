"""From the bytes of a file to its text."""

from apps.extraction.readers.decode import MAX_BYTES
from apps.extraction.readers.errors import Unread, Unreadable
from apps.extraction.readers.registry import read

__all__ = ["MAX_BYTES", "Unread", "Unreadable", "read"]
