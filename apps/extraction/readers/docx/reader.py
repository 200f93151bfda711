"""The reader of Word documents: headings, lists, tables and paragraphs as Markdown."""

from xml.etree.ElementTree import Element
from zipfile import ZipFile

from apps.extraction.readers.decode import check_size
from apps.extraction.readers.docx.parts import (
    DOCUMENT,
    NUMBERING,
    STYLES,
    child,
    children,
    is_on,
    open_archive,
    parse,
    tag,
    value,
)
from apps.extraction.readers.docx.styles import PLAIN, Numbering, Style, read_styles
from apps.extraction.readers.errors import Unread, Unreadable
from apps.extraction.readers.marked import MarkedText, Run, inline
from apps.extraction.sources import Source, SourceKind

_ZIP = b"PK\x03\x04"
_SYMBOLS = {"F0E0": "→", "F0DF": "←", "F0F3": "↔", "F0DE": "⇒", "F0AE": "→"}
_INSIDE = frozenset(("ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo"))
PAIR = 2


class DocxReader:
    """Takes Word documents of the kind in use since 2007."""

    kind = SourceKind.DOCX

    def score(self, name: str, data: bytes) -> float:
        """Return certainty for an archive with a Word document in it."""
        return 1.0 if data.startswith(_ZIP) and DOCUMENT.encode() in data else 0.0

    def read(self, name: str, data: bytes) -> Source:
        """Return the document's words as Markdown; raise `Unreadable` if it has none."""
        check_size(data)
        try:
            with open_archive(data) as archive:
                text = _Document(archive).text()
        except Unreadable:
            raise
        except Exception as error:  # whatever a spoilt archive makes the parsers stumble over
            raise Unreadable(
                Unread.DAMAGED,
                "This document is damaged: open it in Word, save it again, and try once more.",
            ) from error
        if not text.strip():
            raise Unreadable(Unread.EMPTY, "This document has no text in it: choose another file.")
        return Source(name=name, text=text, kind=self.kind)


class _Document:
    """A document on its way to Markdown."""

    def __init__(self, archive: ZipFile) -> None:
        self._styles = read_styles(parse(archive, STYLES))
        self._numbering = Numbering(parse(archive, NUMBERING))
        self._marked = MarkedText()
        self._depth = 0
        body = child(parse(archive, DOCUMENT), "body")
        paragraphs = body.iter() if body is not None else ()
        self._has_title = any(
            self._style(each).is_title and tag(each) == "p" for each in paragraphs
        )
        self._blocks(body)

    def text(self) -> str:
        return self._marked.text()

    def _style(self, paragraph: Element) -> Style:
        return self._styles.get(value(child(paragraph, "pPr", "pStyle")), PLAIN)

    def _blocks(self, holder: Element | None) -> None:
        for each in holder if holder is not None else ():
            name = tag(each)
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self._table(each)
            elif name in _INSIDE and not _is_contents(each):
                self._blocks(each)

    def _paragraph(self, paragraph: Element) -> None:
        style = self._style(paragraph)
        lines = [text for text in map(inline, runs_of(paragraph)) if text]
        if style.is_silent or not lines:
            return
        level = style.level
        outline = value(child(paragraph, "pPr", "outlineLvl"))
        if not level and outline.isdigit() and int(outline) < len("123456"):
            level = int(outline) + 1
        if style.is_title or level:
            rank = 1 if style.is_title else level + self._has_title
            self._marked.heading(rank, " ".join(lines).replace("**", ""), None)
            self._depth = 0
            return
        self._item_or_text(paragraph, style, lines)

    def _item_or_text(self, paragraph: Element, style: Style, lines: list[str]) -> None:
        listed = child(paragraph, "pPr", "numPr")
        numbering = value(child(listed, "numId")) or style.numbering
        depth = value(child(listed, "ilvl"))
        if numbering == "0" or (not numbering and style.depth is None):
            self._depth = 0
            for line in lines:
                self._marked.paragraph(line, None)
            return
        place = int(depth) if depth.isdigit() else style.depth or 0
        ordinal = self._numbering.next(numbering, place, is_ordered=style.is_ordered)
        self._marked.item(place, lines[0], None, ordinal)
        for line in lines[1:]:
            self._marked.paragraph(line, None, place + 1)

    def _table(self, table: Element) -> None:
        rows = list(children(table, "tr"))
        cells = [list(children(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in cells):
            for row in cells:
                for cell in row:
                    self._blocks(cell)
            return
        grid = self._texts(cells)
        width = max(map(len, grid))
        full = [[*row, *[""] * (width - len(row))] for row in grid]
        said = [row for row in full if any(row)]
        if said:
            has_head = len(said) > 1 and (
                width > PAIR
                or child(rows[0], "trPr", "tblHeader") is not None
                or _is_bold(cells[0])
            )
            self._marked.grid(said, [None] * len(said), has_head=has_head)

    def _texts(self, cells: list[list[Element]]) -> list[list[str]]:
        """Return the texts of a table; a cell that goes on from the one above repeats it."""
        grid: list[list[str]] = []
        for row in cells:
            texts: list[str] = []
            for cell in row:
                merged = child(cell, "tcPr", "vMerge")
                goes_on = merged is not None and value(merged) != "restart"
                above = grid[-1][len(texts)] if grid and len(texts) < len(grid[-1]) else ""
                texts.append(above if goes_on else cell_text(cell))
                span = value(child(cell, "tcPr", "gridSpan"))
                texts += [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)
            grid.append(texts)
        return grid


def cell_text(cell: Element) -> str:
    """Return the text of a cell, its paragraphs joined."""
    lines = [inline(runs) for p in cell.iter() if tag(p) == "p" for runs in runs_of(p)]
    return "; ".join(line.rstrip(";") for line in lines if line)


def runs_of(paragraph: Element) -> list[list[Run]]:
    """Return the runs of a paragraph, line by line."""
    lines: list[list[Run]] = [[]]
    _collect(paragraph, lines)
    return lines


def _collect(holder: Element, lines: list[list[Run]]) -> None:
    for each in holder:
        name = tag(each)
        if name == "r":
            _run(each, lines)
        elif name in _INSIDE:
            _collect(each, lines)
        elif name in ("oMath", "oMathPara"):
            lines[-1].append(Run("".join(t.text or "" for t in each.iter() if tag(t) == "t")))


def _run(run: Element, lines: list[list[Run]]) -> None:
    if is_on(child(run, "rPr", "strike")) or is_on(child(run, "rPr", "vanish")):
        return
    bold = is_on(child(run, "rPr", "b"))
    for each in run:
        match tag(each):
            case "t":
                lines[-1].append(Run(each.text or "", bold))
            case "tab":
                lines[-1].append(Run(" ", bold))
            case "noBreakHyphen":
                lines[-1].append(Run("-", bold))
            case "sym":
                lines[-1].append(Run(_SYMBOLS.get(value(each, "char").upper(), ""), bold))
            case "br" | "cr":
                lines.append([])


def _is_contents(element: Element) -> bool:
    """Return whether a part of the document is its table of contents."""
    return "contents" in value(child(element, "sdtPr", "docPartObj", "docPartGallery")).lower()


def _is_bold(cells: list[Element]) -> bool:
    """Return whether every word of a row is bold."""
    runs = [
        run for cell in cells for p in children(cell, "p") for line in runs_of(p) for run in line
    ]
    return bool(runs) and all(run.bold for run in runs if run.text.strip())
