"""What the styles and the numbering of a Word document say of its paragraphs."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from apps.extraction.readers.docx.parts import child, children, value

_HEADING = re.compile(r"^heading\s*(\d)$", re.I)
_LISTED = re.compile(r"^list (?P<kind>bullet|number|paragraph|continue)?\s*(?P<depth>\d)?$", re.I)
_SILENT = re.compile(r"^(?:toc\b.*|table of .*|header|footer|caption|footnote.*|endnote.*)$", re.I)
_UNNUMBERED = frozenset(("bullet", "none", ""))
BODY_LEVEL = 9
"""The outline level of text that is no heading."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of a paragraph: the rank of a heading, the place in a list, silence."""

    level: int = 0
    is_title: bool = False
    is_silent: bool = False
    numbering: str = ""
    depth: int | None = None
    is_ordered: bool = False


PLAIN = Style()


def read_styles(root: Element | None) -> dict[str, Style]:
    """Return the styles by their ids, each with what it has of the one it is based on."""
    found = {value(style, "styleId"): style for style in children(root, "style")}
    return {name: _style(name, found) for name in found}


def _style(name: str, found: dict[str, Element], seen: frozenset[str] = frozenset()) -> Style:
    element = found.get(name)
    if element is None or name in seen:
        return PLAIN
    title = value(child(element, "name"))
    based_on = value(child(element, "basedOn"))
    above = _style(based_on, found, seen | {name})
    heading, listed = _HEADING.match(title), _LISTED.match(title)
    outline = value(child(element, "pPr", "outlineLvl"))
    level = int(heading[1]) if heading else above.level
    if not heading and outline.isdigit():
        level = int(outline) + 1 if int(outline) < BODY_LEVEL else 0
    depth = above.depth
    if listed and listed["kind"] in ("Bullet", "bullet", "Number", "number"):
        depth = int(listed["depth"] or 1) - 1
    return Style(
        level=level,
        is_title=title.lower() == "title" or above.is_title,
        is_silent=_SILENT.match(title) is not None,
        numbering=value(child(element, "pPr", "numPr", "numId")) or above.numbering,
        depth=depth,
        is_ordered=bool(listed and (listed["kind"] or "").lower() == "number") or above.is_ordered,
    )


class Numbering:
    """The lists of a document: which are numbered, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        formats: dict[str, dict[int, str]] = {}
        for abstract in children(root, "abstractNum"):
            levels = {
                int(value(level, "ilvl") or 0): value(child(level, "numFmt"))
                for level in children(abstract, "lvl")
            }
            formats[value(abstract, "abstractNumId")] = levels
        self._formats = {
            value(num, "numId"): formats.get(value(child(num, "abstractNumId")), {})
            for num in children(root, "num")
        }
        self._counts: dict[tuple[str, int], int] = {}

    def next(self, numbering: str, depth: int, *, is_ordered: bool) -> int | None:
        """Return the number of the next item at this depth, None in a list without numbers."""
        for known in [key for key in self._counts if key[0] == numbering and key[1] > depth]:
            del self._counts[known]
        form = self._formats.get(numbering, {}).get(depth, "decimal" if is_ordered else "")
        if form in _UNNUMBERED:
            return None
        self._counts[numbering, depth] = self._counts.get((numbering, depth), 0) + 1
        return self._counts[numbering, depth]
