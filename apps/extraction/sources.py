"""What a reader makes of a file: its readable text, and the way back into the file."""

from dataclasses import dataclass
from enum import StrEnum

from apps.extraction.documents import Span


class SourceKind(StrEnum):
    """What a file says it is written in."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class FileLines:
    """Where the lines of a text stand in the file it was read from."""

    count: int
    """Lines of the file."""
    spans: tuple[Span | None, ...]
    """For each line of the text its lines in the file; None where a reader added it."""
    markup: tuple[int, ...]
    """Written lines of the file with nothing to read on them but tags."""
    chrome: tuple[int, ...]
    """Written lines of the file that are the page's furniture: menus, scripts, footers."""


@dataclass(frozen=True, slots=True)
class Source:
    """The readable text of one file; its lines are `text.split("\\n")`.

    The text of every kind but `PLAIN` is Markdown. `pages` holds the line each page starts on,
    where a file has pages; `file_lines` leads back to the file where its own lines are others.
    """

    name: str
    text: str
    kind: SourceKind = SourceKind.PLAIN
    pages: tuple[int, ...] = ()
    file_lines: FileLines | None = None
