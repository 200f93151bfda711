"""What a reader of one file format offers."""

from typing import Protocol

from apps.extraction.sources import Source, SourceKind


class Reader(Protocol):
    """Reads files of one format."""

    @property
    def kind(self) -> SourceKind:
        """The kind of source it makes."""
        ...

    def score(self, name: str, data: bytes) -> float:
        """Return how sure it is (0 to 1) that it should read this file."""
        ...

    def read(self, name: str, data: bytes) -> Source:
        """Return the text of the file; raise `Unreadable` if there is none."""
        ...
