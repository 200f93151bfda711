"""Reads XML that strangers wrote into small trees: no document types, no entities, with limits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from apps.exchange.documents import Unreadable

DEEPEST = 40
MOST_ELEMENTS = 400_000


@dataclass(slots=True)
class Element:
    """An element, the line it begins on, and all the text that stands directly in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def all(self, tag: str) -> Iterator["Element"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Element | None":
        return next(self.all(tag), None)

    def said(self, tag: str, default: str = "") -> str:
        """The text of the first child of this name."""
        found = self.first(tag)
        return found.text.strip() if found is not None else default


class _Tree:
    """What the parser calls: it builds the tree, and stops at what no question needs."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_doctype

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST or self.count > MOST_ELEMENTS:
            raise Unreadable(f"Line {self.line}: this is nested too deeply, or too large.")
        element = Element(tag, attributes, self.line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def refuse_doctype(self, *_declared: object) -> None:
        raise Unreadable(
            f"Line {self.line}: this file declares a document type or entities, which are not "
            "read. Take the declaration out."
        )


def read_tree(data: bytes) -> Element:
    """The root element of a file. Raises Unreadable, with the line, where it is no plain XML."""
    tree = _Tree()
    try:
        tree.parser.Parse(data, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise Unreadable(f"Line {error.lineno} is not well-formed XML: {why}.") from error
    if tree.root is None:
        raise Unreadable("There is nothing in this file.")
    return tree.root
