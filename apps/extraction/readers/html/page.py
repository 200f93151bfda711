"""Walks through the elements of a web page and writes its blocks as Markdown."""

import re

from apps.extraction.documents import Span
from apps.extraction.readers.html.furniture import is_contents, is_furniture, is_note_mark
from apps.extraction.readers.html.tables import is_layout, read_grid, rows_of
from apps.extraction.readers.html.tokens import Text
from apps.extraction.readers.html.tree import BLOCKS, HEADINGS, LISTS, Element
from apps.extraction.readers.html.words import BOLD, CODE, Words, code_lines, collect
from apps.extraction.readers.marked import MarkedText

_SITE = re.compile(r"\s+[|–—·»-]\s+.*$")
_NO_TITLE = re.compile(
    r"^(?:untitled.*|document|new (?:page|document)|index|home|page|notes?)?$", re.I
)


class Page:
    """A page on its way to Markdown; `chrome` are the lines of its furniture."""

    def __init__(self, root: Element) -> None:
        self.marked = MarkedText()
        self.chrome: set[int] = set()
        self._words = Words()
        self._depth = 0
        self._ordinals: list[int | None] = []
        self._item_begins = False
        self._label: tuple[str, Span] | None = None
        names = [each.name for each in root.walk()]
        headers = [each for each in root.walk() if each.name == "header"]
        in_headers = sum(each.name == "h1" for header in headers for each in header.walk())
        self._skips_headers = names.count("h1") > in_headers
        if "h1" not in names:
            self._write_title(root)
        self._children(root)
        self._flush()

    def _write_title(self, root: Element) -> None:
        """Head a page that has no heading of the first rank by the title of its window."""
        title = next((each for each in root.walk() if each.name == "title"), None)
        words = Words()
        for child in title.children if title else ():
            if isinstance(child, Text):
                words.add(child.text, child.line)
        for text, span in words.take():
            name = _SITE.sub("", text)
            if not _NO_TITLE.match(name):
                self.marked.heading(1, name, span)

    def _children(self, element: Element, *, bold: bool = False, code: bool = False) -> None:
        for child in element.children:
            if isinstance(child, Text):
                self._words.add(child.text, child.line, bold=bold, code=code)
            elif is_furniture(child) or is_contents(child) or is_note_mark(child):
                self._drop(child)
            elif child.name in BLOCKS:
                self._block(child)
            else:
                self._phrase(child, bold=bold, code=code)

    def _drop(self, element: Element) -> None:
        self.chrome.update(range(element.line, element.last_line + 1))

    def _phrase(self, element: Element, *, bold: bool, code: bool) -> None:
        if element.name == "br":
            self._words.end_line()
        elif element.name == "sup":
            self._words.raise_last(element.words(), element.line)
        else:
            self._children(
                element, bold=bold or element.name in BOLD, code=code or element.name in CODE
            )

    def _block(self, element: Element) -> None:
        self._flush()
        name = element.name
        level = _level(element)
        if name in LISTS:
            self._list(element)
        elif level and not self._ordinals:
            self._heading(element, level)
        elif name == "header":
            self._header(element)
        elif name == "dl":
            self._pairs(element)
        elif name == "table":
            self._table(element)
        elif name == "pre":
            self._code(element)
        else:
            self._children(element)
        self._flush()

    def _flush(self) -> None:
        """Write the words collected: as the item that begins, or as paragraphs."""
        for text, span in self._labelled(self._words.take()):
            if self._item_begins:
                ordinal = self._ordinals[-1] if self._ordinals else None
                self.marked.item(self._depth - 1, text, span, ordinal)
                self._item_begins = False
            else:
                self.marked.paragraph(text, span, self._depth)

    def _labelled(self, lines: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
        """Return lines with the term before the first that they explain."""
        if not lines or self._label is None:
            return lines
        (label, start), self._label = self._label, None
        (text, span), *rest = lines
        return [(f"{label}: {text}", Span(start.first, span.last)), *rest]

    def _heading(self, element: Element, level: int) -> None:
        self._children(element)
        lines = self._words.take()
        if lines:
            text = " ".join(text for text, _ in lines)
            self.marked.heading(
                level, text.replace("**", ""), Span(lines[0][1].first, lines[-1][1].last)
            )

    def _header(self, element: Element) -> None:
        """Keep of a header its headings, and those only where the page has no others."""
        self._drop(element)
        for heading in element.walk():
            if _level(heading) and not self._skips_headers:
                self._block(heading)

    def _list(self, element: Element) -> None:
        start = element.attrs.get("start", "1")
        ordinal = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 1  # noqa: PLR2004 - a sane int
        self._ordinals.append(ordinal if element.name == "ol" else None)
        self._depth += 1
        for child in element.children:
            if isinstance(child, Element) and child.name == "li" and not is_furniture(child):
                self._item(child)
            else:
                self._loose(child)
        self._depth -= 1
        self._ordinals.pop()
        self._item_begins = False

    def _item(self, element: Element) -> None:
        self._item_begins = True
        self._children(element)
        self._flush()
        self._item_begins = False
        if self._ordinals[-1] is not None:
            self._ordinals[-1] += 1

    def _loose(self, child: Element | Text) -> None:
        """Take what stands in a list outside of its items: a list in a list, or stray words."""
        if isinstance(child, Text):
            self._words.add(child.text, child.line)
        elif child.name == "li":
            self._drop(child)
        else:
            self._children(Element("div", child.line, children=[child], last_line=child.last_line))
        self._flush()

    def _pairs(self, element: Element) -> None:
        """Write a list of definitions: a term with one is one item, with more it holds them."""
        self._ordinals.append(None)
        self._depth += 1
        for terms, meanings in _groups(element):
            words = Words()
            for term in terms:
                collect(term, words)
            names = words.take()
            if names:
                name = " / ".join(text for text, _ in names).rstrip(":")
                self._label = (name, Span(names[0][1].first, names[-1][1].last))
            if len(meanings) != 1 and self._label is not None:
                name, span = self._label
                self.marked.item(self._depth - 1, f"{name}:" if meanings else name, span)
                self._label = None
                self._depth += 1
                for meaning in meanings:
                    self._item(meaning)
                self._depth -= 1
            else:
                for meaning in meanings:
                    self._item(meaning)
            self._label = None
        self._depth -= 1
        self._ordinals.pop()

    def _table(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Element) and child.name == "caption":
                self._children(child)
                self._flush()
        rows = rows_of(element)
        if is_layout(rows):
            for row in rows:
                for cell in row.children:
                    if isinstance(cell, Element):
                        self._block(cell)
            return
        grid = read_grid(rows)
        self.marked.grid(grid.rows, grid.spans, has_head=grid.has_head, depth=self._depth)

    def _code(self, element: Element) -> None:
        lines = code_lines(element)
        if lines:
            texts, numbers = zip(*lines, strict=True)
            spans = [Span(number, number) for number in numbers]
            self.marked.code(texts, spans, self._depth)


def _level(element: Element) -> int:
    """Return the rank of a heading, 0 for what is none."""
    if element.name in HEADINGS:
        return int(element.name[1])
    if element.attrs.get("role", "").lower() != "heading":
        return 0
    level = element.attrs.get("aria-level", "")
    return int(level) if level in ("1", "2", "3", "4", "5", "6") else len(HEADINGS)


def _groups(element: Element) -> list[tuple[list[Element], list[Element]]]:
    """Return the terms of a list of definitions with what is said of them."""
    groups: list[tuple[list[Element], list[Element]]] = []
    for child in _terms(element):
        if child.name == "dt" and (not groups or groups[-1][1]):
            groups.append(([child], []))
        elif child.name == "dt":
            groups[-1][0].append(child)
        elif groups:
            groups[-1][1].append(child)
        else:
            groups.append(([], [child]))
    return groups


def _terms(element: Element) -> list[Element]:
    """Return the terms and meanings of a list, also those a writer put into boxes."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element) and child.name in ("dt", "dd"):
            found.append(child)
        elif isinstance(child, Element) and child.name != "dl":
            found += _terms(child)
    return found
