"""The reader of web pages: its text is the page as a person reads it."""

from collections.abc import Iterable

from apps.extraction.documents import Span
from apps.extraction.readers.decode import decode
from apps.extraction.readers.errors import Unread, Unreadable
from apps.extraction.readers.html.detect import declared_encoding, likeness
from apps.extraction.readers.html.page import Page
from apps.extraction.readers.html.tree import build
from apps.extraction.sources import FileLines, Source, SourceKind

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


class HtmlReader:
    """Takes web pages, also those pasted or saved under another name."""

    kind = SourceKind.HTML

    def score(self, name: str, data: bytes) -> float:
        """Return near certainty for what begins like a page, less for text full of tags."""
        return likeness(data, named=name.lower().endswith(_SUFFIXES))

    def read(self, name: str, data: bytes) -> Source:
        """Return the page's words as Markdown; raise `Unreadable` if it has none."""
        markup = decode(data, declared=declared_encoding(data))
        page = Page(build(markup))
        text = page.marked.text()
        if not text.strip():
            raise Unreadable(
                Unread.EMPTY,
                "This page has no text of its own: open it, copy what you see, and paste it.",
            )
        return Source(
            name=name,
            text=text,
            kind=self.kind,
            file_lines=_file_lines(markup, page),
        )


def _file_lines(markup: str, page: Page) -> FileLines:
    """Return where each line of the readable text stands, and what is on all other lines."""
    written = [no for no, line in enumerate(markup.split("\n"), start=1) if line.strip()]
    read = _covered(span for span in page.marked.spans if span is not None)
    rest = [no for no in written if no not in read]
    return FileLines(
        count=markup.count("\n") + 1,
        spans=tuple(page.marked.spans),
        markup=tuple(no for no in rest if no not in page.chrome),
        chrome=tuple(no for no in rest if no in page.chrome),
    )


def _covered(spans: Iterable[Span]) -> set[int]:
    return {no for span in spans for no in range(span.first, span.last + 1)}
