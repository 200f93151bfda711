"""Reads Markdown notes."""

from apps.extraction.readers.decode import decode
from apps.extraction.sources import Source, SourceKind

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")


class MarkdownReader:
    """Takes the files whose name says Markdown; whether they are is for the shape to tell."""

    kind = SourceKind.MARKDOWN

    def score(self, name: str, data: bytes) -> float:
        """Return near certainty for the usual suffixes."""
        return 0.9 if name.lower().endswith(_SUFFIXES) else 0.0

    def read(self, name: str, data: bytes) -> Source:
        """Return the decoded text; raise `Unreadable` if there is none."""
        return Source(name=name, text=decode(data), kind=self.kind)
