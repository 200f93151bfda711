"""Writes what a reader finds in a file as Markdown, one block a line, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.extraction.documents import Span

LONGEST_LINE = 1000
"""Characters beyond which a paragraph is broken, at the ends of its sentences."""
MAX_DEPTH = 7
"""Depth beyond which lists are shown as deep as this: Markdown parsers stop at twenty marks."""
MAX_LEVEL = 6
FENCE = "```"

_ESCAPED = re.compile(r"(?<!\S)\\?[*](?=\S)|(?<=\S)[*](?=\S)|`|<(?=[a-zA-Z/!?])|](?=\()")
_OPENING = re.compile(r"(?P<mark>\[)(?=[^\]]{1,200}\]:)|(?P<fence>`{3}|~{3})")
_LOOSE_BULLET = re.compile(r"^[•●◦○▪■‣∙·⁃\uf0b7\uf0a7](?:\s+|(?=\w))")
_BULLETS = re.compile(r"^(?:[•●◦○▪■‣∙·⁃\uf0b7\uf0a7–-]\s+)+")
_BREAKS = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"(])|\s+")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look: bold, code or neither."""

    text: str
    bold: bool = False
    code: bool = False


def inline(runs: Sequence[Run]) -> str:
    """Return runs as one line of Markdown, keeping only the marks that Markdown will read."""
    if len(runs) == 1 and not (runs[0].bold or runs[0].code):
        return " ".join(escaped(runs[0].text).split())
    pieces: list[str] = []
    merged = [run for run in _merged(runs) if run.text]
    for place, run in enumerate(merged):
        before = merged[place - 1].text[-1:] if place else ""
        after = merged[place + 1].text[:1] if place + 1 < len(merged) else ""
        pieces.append(_marked(run, before, after))
    return " ".join("".join(pieces).split())


def _merged(runs: Sequence[Run]) -> list[Run]:
    merged: list[Run] = []
    texts: list[str] = []
    for run in runs:
        if merged and (merged[-1].bold, merged[-1].code) == (run.bold, run.code):
            texts.append(run.text)
            continue
        _close(merged, texts)
        merged.append(run)
        texts = [run.text]
    _close(merged, texts)
    return merged


def _close(merged: list[Run], texts: Sequence[str]) -> None:
    if merged and len(texts) > 1:
        merged[-1] = Run("".join(texts), merged[-1].bold, merged[-1].code)


def _marked(run: Run, before: str, after: str) -> str:
    text = run.text.strip()
    head = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :] if text else ""
    joined = (before.isalnum() and not head) or (after.isalnum() and not tail)
    if run.code and text and not joined and "`" not in text:
        return f"{head}`{text}`{tail}"
    shown = escaped(text)
    if run.bold and text and not joined and text[0].isalnum():
        return f"{head}**{shown}**{tail}"
    return f"{head}{shown}{tail}"


def escaped(text: str) -> str:
    """Return a text in which Markdown sees no marks; the few it could see get a backslash."""
    return _ESCAPED.sub(lambda match: "\\" + match[0], text)


def raised(text: str) -> str:
    """Return the digits and signs of a power as letters that are raised by themselves."""
    return text.translate(_RAISED)


def storable(text: str) -> str:
    """Return a text without the characters that no database and no page can hold."""
    return _UNSTORABLE.sub("", text)


def is_bulleted(text: str) -> bool:
    """Return whether a text begins with a bullet of its own."""
    return _LOOSE_BULLET.match(text) is not None


class MarkedText:
    """Collects blocks; `lines` are the text, `spans` the place of each line in the file."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.spans: list[Span | None] = []
        self._offsets: list[int] = []
        self._in_list = False

    def heading(self, level: int, text: str, span: Span | None) -> None:
        """Add a heading; levels count from 1, the highest."""
        self._gap()
        self._offsets.clear()
        self._line(f"{'#' * min(max(level, 1), MAX_LEVEL)} {text}", span)

    def item(self, depth: int, text: str, span: Span | None, ordinal: int | None = None) -> None:
        """Add a list item; `depth` counts from 0 and goes at most one below the item above."""
        if not self._in_list:
            self._gap()
        depth = min(depth, len(self._offsets), MAX_DEPTH)
        del self._offsets[depth:]
        mark = "- " if ordinal is None else f"{min(max(ordinal, 0), 999_999_999)}. "
        indent = " " * sum(self._offsets)
        self._line(f"{indent}{mark}{_guarded(_BULLETS.sub('', text) or text)}", span)
        self._offsets.append(len(mark))
        self._in_list = True

    def paragraph(self, text: str, span: Span | None, depth: int = 0) -> None:
        """Add a paragraph; with a depth it belongs to the item that many levels in."""
        if not depth and is_bulleted(text):
            self.item(0, text, span)
            return
        self._gap()
        del self._offsets[depth:]
        indent = " " * sum(self._offsets)
        for part in broken(_guarded(text)):
            self._line(indent + part, span)
        self._in_list = False

    def table(self, rows: Sequence[Sequence[str]], spans: Sequence[Span | None]) -> None:
        """Add a table, its first row the head; every row has as many cells as the first."""
        self._gap()
        self._offsets.clear()
        for place, (row, span) in enumerate(zip(rows, spans, strict=True)):
            cells = " | ".join(cell.replace("|", "\\|") for cell in row)
            self._line(f"| {cells} |", span)
            if place == 0:
                self._line("|" + " --- |" * len(row), None)

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        spans: Sequence[Span | None],
        *,
        has_head: bool,
        depth: int = 0,
    ) -> None:
        """Add a table of any kind: without a head each row becomes an item, "name: values"."""
        if has_head:
            self.table(rows, spans)
            return
        for row, span in zip(rows, spans, strict=True):
            name, *values = [text for text in row if text]
            said = f"{name.rstrip(':')}: {'; '.join(values)}" if values else name
            self.item(depth, said, span)

    def code(self, texts: Sequence[str], spans: Sequence[Span | None], depth: int = 0) -> None:
        """Add a block of program code; with a depth it belongs to the item that many levels in."""
        self._gap()
        del self._offsets[depth:]
        indent = " " * sum(self._offsets)
        fence = FENCE
        while any(fence in text for text in texts):
            fence += "`"
        self._line(indent + fence, None)
        for text, span in zip(texts, spans, strict=True):
            self._line(indent + text, span)
        self._line(indent + fence, None)
        self._in_list = False

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self.lines)

    def _gap(self) -> None:
        if self.lines:
            self._line("", None)
        self._in_list = False

    def _line(self, text: str, span: Span | None) -> None:
        self.lines.append(storable(text).replace("\n", " "))
        self.spans.append(span)


def _guarded(text: str) -> str:
    """Return a block's text with the marks at its start undone that would swallow it."""
    return "\\" + text if _OPENING.match(text) else text


def broken(text: str) -> list[str]:
    """Return a text in lines no longer than a note's lines are."""
    parts: list[str] = []
    start = 0
    while len(text) - start > LONGEST_LINE:
        window = text[start : start + LONGEST_LINE]
        ends = [match.end() for match in _BREAKS.finditer(window)]
        stops = [end for end in ends if window[:end].rstrip().endswith((".", "!", "?"))]
        cut = (stops or ends or [LONGEST_LINE])[-1]
        parts.append(window[:cut].rstrip())
        start += cut
    parts.append(text[start:])
    return [part for part in parts if part] or [""]
