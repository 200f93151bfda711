"""Collects the words of one block of a web page."""

from collections.abc import Iterator, Sequence

from apps.extraction.documents import Span
from apps.extraction.readers.html.furniture import is_furniture, is_note_mark
from apps.extraction.readers.html.tokens import Text
from apps.extraction.readers.html.tree import BLOCKS, Element
from apps.extraction.readers.marked import Run, inline, raised

BOLD = frozenset(("b", "strong", "mark"))
CODE = frozenset(("code", "kbd", "samp", "tt"))


class Words:
    """Words since the last block ended, cut into pieces where the page breaks the line."""

    def __init__(self) -> None:
        self._pieces: list[list[tuple[Run, int]]] = [[]]

    def add(self, text: str, line: int, *, bold: bool = False, code: bool = False) -> None:
        """Add words that begin on a line of the file."""
        if self._pieces[-1] or not text.isspace():
            self._pieces[-1].append((Run(text, bold, code), line))

    def raise_last(self, text: str, line: int) -> None:
        """Add raised text: a power where it is a number behind a word or number."""
        before = self._pieces[-1][-1][0].text[-1:] if self._pieces[-1] else ""
        text = text.strip()
        if not text.lstrip("+-−").isdigit() or not before.isalnum():
            self.add(text, line)
        else:
            self.add(raised(text), line)

    def end_line(self) -> None:
        """Break the line here."""
        self._pieces.append([])

    def take(self) -> list[tuple[str, Span]]:
        """Return the lines collected, each with its lines of the file, and begin anew."""
        if self._pieces == [[]]:
            return []
        lines: list[tuple[list[str], Span]] = []
        for piece in self._pieces:
            found = line_of(piece)
            if found is None:
                continue
            text, span = found
            if lines and _goes_on(lines[-1][0][-1], text):
                texts, start = lines.pop()
                texts.append(text)
                lines.append((texts, Span(start.first, span.last)))
            else:
                lines.append(([text], span))
        self._pieces = [[]]
        return [(" ".join(texts), span) for texts, span in lines]


def line_of(piece: Sequence[tuple[Run, int]]) -> tuple[str, Span] | None:
    """Return the text of runs and the lines its words stand on; None if there are no words."""
    text = inline([run for run, _ in piece])
    if not text:
        return None
    first = last = 0
    for run, line in piece:
        if not run.text.strip():
            continue
        lead = len(run.text) - len(run.text.lstrip())
        starts = line + run.text.count("\n", 0, lead)
        first = first or starts
        last = line + run.text.rstrip().count("\n")
    return text, Span(first, last)


def _goes_on(above: str, text: str) -> bool:
    """Return whether a broken line goes on with the sentence of the one above."""
    return text[:1].islower() and above[-1:] not in ".:;!?"


def collect(element: Element, words: Words, *, bold: bool = False, code: bool = False) -> None:
    """Add all words of an element; the blocks in it become lines of their own."""
    for child in element.children:
        if isinstance(child, Text):
            words.add(child.text, child.line, bold=bold, code=code)
        elif child.name == "br":
            words.end_line()
        elif is_furniture(child) or is_note_mark(child):
            continue
        elif child.name == "sup":
            words.raise_last(child.words(), child.line)
        else:
            if child.name in BLOCKS:
                words.end_line()
            strong, typed = bold or child.name in BOLD, code or child.name in CODE
            collect(child, words, bold=strong, code=typed)
            if child.name in BLOCKS:
                words.end_line()


def code_lines(element: Element) -> list[tuple[str, int]]:
    """Return the lines of preformatted text, each with its line of the file."""
    lines: list[tuple[str, int]] = [("", element.line)]
    for leaf in _leaves(element):
        parts = leaf.text.split("\n") if isinstance(leaf, Text) else ["", ""]
        lines[-1] = (lines[-1][0] + parts[0], lines[-1][1] if lines[-1][0] else leaf.line)
        lines += [(part, leaf.line + k) for k, part in enumerate(parts[1:], start=1)]
    while lines and not lines[0][0].strip():
        lines.pop(0)
    while lines and not lines[-1][0].strip():
        lines.pop()
    return lines


def _leaves(element: Element) -> Iterator[Text | Element]:
    for child in element.children:
        if isinstance(child, Text) or child.name == "br":
            yield child
        else:
            yield from _leaves(child)
