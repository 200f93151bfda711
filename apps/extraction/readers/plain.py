"""Reads plain text notes."""

from apps.extraction.readers.decode import decode
from apps.extraction.sources import Source, SourceKind


class PlainReader:
    """Takes whatever no other reader claims."""

    kind = SourceKind.PLAIN

    def score(self, name: str, data: bytes) -> float:
        """Return a small certainty for every file, a fair one for `.txt`."""
        return 0.5 if name.lower().endswith((".txt", ".text")) else 0.1

    def read(self, name: str, data: bytes) -> Source:
        """Return the decoded text; raise `Unreadable` if there is none."""
        return Source(name=name, text=decode(data), kind=self.kind)
