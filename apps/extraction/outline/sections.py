"""Gives the headings of a note without heading marks their depth."""

import re
from collections.abc import Sequence
from dataclasses import replace

from apps.extraction.documents import Block, BlockKind, Node, NodeKind, Span
from apps.extraction.outline.tree import Tree
from apps.extraction.titles import clean_title, is_generic

_NUMBERED = re.compile(r"^\d{1,2}\.\s+\D")
_SYSTEMS = (
    ("part", re.compile(r"^(?:part|book|title)\s+(?:\d+|[IVX]+)\b", re.I)),
    (
        "chapter",
        re.compile(r"^(?:chapter|unit|lecture|week|module|lesson)\s+(?:\d+|[IVX]+)\b", re.I),
    ),
    ("section", re.compile(r"^(?:§+|art(?:icle|\.)|section)\s*\d", re.I)),
    ("decimal", re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s")),
    ("roman", re.compile(r"^[IVX]{1,5}\.\s")),
    ("letter", re.compile(r"^[A-H]\.\s")),
)
FEW = 3
"""Numbered headings that make the numbers a system."""
NESTED = 2
"""Systems of numbers that make them show the depth of every heading."""
TITLE, MAJOR, MINOR, DETAIL = 0, 1, 2, 3


def with_levels(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with every heading's level set by what the note itself shows.

    Systems of numbers (§ 1, I., 1.) nest in the order they first appear. With one system, the
    numbers mark the highest level. Otherwise a heading set off by blank lines on both sides is
    higher than one that stands right on its text, and a generic title ("Limits") is always
    below the last telling one.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    systems = [_system(block) for block in headings]
    order = [system for system in dict.fromkeys(systems) if systems.count(system) >= NESTED]
    order = [system for system in order if system]
    if len(order) >= NESTED:
        return _nested(blocks, order)
    numbered = sum(map(bool, systems)) >= FEW
    set_off = sum(block.loose for block in headings)
    mixed = 0 < set_off < len(headings)
    return [
        replace(block, level=_level(block, numbered, mixed))
        if block.kind is BlockKind.HEADING
        else block
        for block in blocks
    ]


def _system(block: Block) -> str:
    """Return the system a heading is numbered by, "" for none; decimals tell their depth."""
    if block.ordinal is not None or _NUMBERED.match(block.text):
        return "number"
    for name, pattern in _SYSTEMS:
        if pattern.match(block.text):
            depth = block.text.split(" ", 1)[0].strip(".").count(".")
            return f"{name} {depth}" if name == "decimal" else name
    return ""


def _nested(blocks: Sequence[Block], order: Sequence[str]) -> list[Block]:
    """Return the blocks with levels by their system; the rest goes below the last numbered one."""
    levelled: list[Block] = []
    last = TITLE - 1
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            levelled.append(block)
            continue
        system = _system(block)
        if system in order:
            last = level = MAJOR + order.index(system)
        else:
            level = last + 1
        levelled.append(replace(block, level=level))
    return levelled


def _level(block: Block, numbered: bool, mixed: bool) -> int:
    if numbered and _system(block):
        return MAJOR
    generic = is_generic(block.text)
    if numbered:
        return DETAIL if generic else MINOR
    if generic:
        return DETAIL if not mixed else MINOR
    return MINOR if mixed and not (block.loose and (block.gap or block.span.first == 1)) else MAJOR


class Sections:
    """The open sections of a walk through a note, outermost first."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._open: list[tuple[int, int]] = []

    @property
    def current(self) -> int | None:
        """The node of the innermost open section."""
        return self._open[-1][1] if self._open else None

    def enter(self, title: str, span: Span, level: int, certainty: float = 1.0) -> int:
        """Close the sections of this level and below, open a new one, return its node."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        index = self._tree.add(
            NodeKind.SECTION, clean_title(title), span, self.current, certainty=certainty
        )
        self._open.append((level, index))
        return index

    def leave(self) -> None:
        """Close every section: what follows belongs to none of them."""
        self._open.clear()

    def node(self) -> Node | None:
        """Return the innermost open section."""
        return None if self.current is None else self._tree[self.current]
