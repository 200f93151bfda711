"""The reader of PDF files: headings by their print, columns in order, running lines left out."""

from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from apps.extraction.readers.decode import check_size
from apps.extraction.readers.errors import Unread, Unreadable
from apps.extraction.readers.pdf.blocks import Writer
from apps.extraction.readers.pdf.columns import Row, in_reading_order, without_running_lines
from apps.extraction.readers.pdf.letters import letters_and_figures
from apps.extraction.readers.pdf.printed import is_unreadable, strips_of, with_dots
from apps.extraction.sources import Source, SourceKind

HEAD = 1024
FEW_LETTERS = 10
"""Letters a page holds at least, on average, where it is more than a picture."""


class PdfReader:
    """Takes PDF files. Its parsers are slow and deep, so it is best run in a process apart."""

    kind = SourceKind.PDF

    def score(self, name: str, data: bytes) -> float:
        """Return certainty for what carries the mark of a PDF near its beginning."""
        return 1.0 if b"%PDF-" in data[:HEAD] else 0.0

    def read(self, name: str, data: bytes) -> Source:
        """Return the words in print as Markdown; raise `Unreadable` for pictures of pages."""
        check_size(data)
        try:
            pages, heights = _rows(data)
        except Unreadable:
            raise
        except PDFPasswordIncorrect as error:
            raise _locked() from error
        except Exception as error:  # whatever a spoilt file makes the parsers stumble over
            if _is_locked(error):
                raise _locked() from error
            raise Unreadable(
                Unread.DAMAGED,
                "This PDF is damaged: open it, print it to a new PDF, and try that one.",
            ) from error
        ordered: list[Row] = []
        for rows in without_running_lines(pages, heights):
            ordered += in_reading_order(rows)
        writer = Writer(ordered)
        text = writer.marked.text()
        if not text.strip():
            raise _scanned()
        return Source(name=name, text=text, kind=self.kind, pages=tuple(writer.pages))


def _rows(data: bytes) -> tuple[list[list[Row]], list[float]]:
    """Return the rows of print of each page, and the pages' heights."""
    pages: list[list[Row]] = []
    heights: list[float] = []
    letters = lost = 0
    with pdfplumber.open(BytesIO(data)) as document:
        for number, page in enumerate(document.pages, start=1):
            chars, figures = letters_and_figures(page)
            letters += len(chars)
            lost += len(chars) if is_unreadable(chars) else 0
            pages.append(with_dots(strips_of(chars, number), figures))
            heights.append(float(page.height))
            page.close()
    if letters < FEW_LETTERS * len(pages) and letters < FEW_LETTERS * FEW_LETTERS:
        raise _scanned()
    if lost * 2 > letters:
        raise Unreadable(
            Unread.SCANNED,
            "The letters of this PDF have shapes but no meaning: open it, copy its text, and "
            "paste it if it reads well; otherwise have its text recognised (OCR) first.",
        )
    return pages, heights


def _scanned() -> Unreadable:
    return Unreadable(
        Unread.SCANNED,
        "This PDF holds pictures of pages, not text: have its text recognised (OCR) first, or "
        "paste the text itself.",
    )


def _locked() -> Unreadable:
    return Unreadable(
        Unread.LOCKED, "This PDF is locked with a password: save a copy without one, and try that."
    )


def _is_locked(error: BaseException) -> bool:
    """Return whether a missing password is at the bottom of an error."""
    causes = [error, error.__cause__, error.__context__, *error.args]
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
