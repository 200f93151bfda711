"""A text with escapes undone that still knows which of its characters are marks."""

import re
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\(.)", re.S)
_MEANT = {**{char: char for char in "\\~=#{}:"}, "n": "\n"}
BLANK = "\0"
"""Stands in `marks` for what was escaped. Files with it in them are tidied first."""


@dataclass(frozen=True, slots=True)
class Marked:
    """`text` reads as it is meant; `marks` is as long, with all that was escaped blanked out."""

    text: str
    marks: str

    @classmethod
    def of(cls, written: str) -> "Marked":
        """A text as it is written, its escapes undone; a backslash before others is one."""
        text, marks, place = [], [], 0
        for escape in _ESCAPE.finditer(written):
            if escape[1] not in _MEANT:
                continue
            before = written[place : escape.start()]
            text += [before, _MEANT[escape[1]]]
            marks += [before, BLANK]
            place = escape.end()
        rest = written[place:]
        return cls("".join([*text, rest]), "".join([*marks, rest]))

    def part(self, start: int, end: int | None = None) -> "Marked":
        return Marked(self.text[start:end], self.marks[start:end])

    def strip(self) -> "Marked":
        """Without the spaces around it that were not escaped."""
        start = len(self.marks) - len(self.marks.lstrip())
        return self.part(start, start + len(self.marks.strip()))

    def split(self, mark: str, most: int = -1) -> list["Marked"]:
        """The parts between marks, each without the spaces around it."""
        parts, place = [], 0
        for words in self.marks.split(mark, most):
            parts.append(self.part(place, place + len(words)).strip())
            place += len(words) + len(mark)
        return parts

    def without(self, start: str) -> "Marked":
        """What follows a beginning it has."""
        return self.part(len(start)).strip() if self.marks.startswith(start) else self
