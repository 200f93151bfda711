"""Collects the nodes of an outline while a builder walks through a note."""

import re
from dataclasses import replace

from apps.extraction.documents import LineRecord, Node, NodeKind, Outline, Reason, Role, Span

FEW = 2
UNSURE = 0.5
"""Certainty of a node that may as well hang on a nearer thing than its parent."""
_INLINE_BULLET = re.compile(r"\s+-\s+(?=[A-Z0-9\"“])")


class Tree:
    """A growing outline: nodes in reading order, and the lines left out of it."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._skipped: dict[int, Reason] = {}

    def __getitem__(self, index: int) -> Node:
        return self._nodes[index]

    def skip(self, line: int, reason: Reason) -> None:
        """Leave a line out of the outline."""
        self._skipped[line] = reason

    def add(
        self,
        kind: NodeKind,
        text: str,
        span: Span,
        parent: int | None,
        *,
        certainty: float = 1.0,
        ordinal: int | None = None,
        noise: Reason | None = None,
        cells: tuple[tuple[str, str], ...] = (),
        breaks: tuple[int, ...] = (),
    ) -> int:
        """Append a node below `parent` and return its index; it is no surer than its parent."""
        index = len(self._nodes)
        above = 1.0 if parent is None else self._nodes[parent].certainty
        self._nodes.append(
            Node(
                index,
                kind,
                text,
                span,
                parent,
                min(certainty, above),
                ordinal,
                cells,
                noise,
                breaks,
            )
        )
        return index

    def add_item(
        self,
        text: str,
        span: Span,
        parent: int | None,
        *,
        certainty: float = 1.0,
        ordinal: int | None = None,
        noise: Reason | None = None,
        kind: NodeKind = NodeKind.ITEM,
        breaks: tuple[int, ...] = (),
    ) -> int:
        """Append an item; a whole list flattened into its line becomes nodes of its own."""
        parts = flattened(text)
        top = self.add(
            kind, parts[0], span, parent, certainty=certainty, ordinal=ordinal, noise=noise,
            breaks=breaks,
        )  # fmt: skip
        holder = top
        for part in parts[1:]:
            opener = part.rstrip().endswith(":")
            index = self.add(
                NodeKind.ITEM, part, span, top if opener else holder, certainty=0.7 * certainty
            )
            if opener:
                holder = index
        return top

    def unline(self, index: int) -> None:
        """Mark a node as one the note has no line for."""
        node = self._nodes[index]
        self._nodes[index] = replace(node, span=Span(0, 0))

    def outline(self) -> Outline:
        """Return what was collected."""
        return Outline(
            tuple(self._nodes),
            tuple(
                LineRecord(no, Role.SKIPPED, reason) for no, reason in sorted(self._skipped.items())
            ),
        )


def flattened(text: str) -> list[str]:
    """Return an opener and the items flattened behind it, or the text alone.

    A list counts as flattened where a colon is followed by a dash: "Family: - One - Two".
    """
    if ": - " not in text:
        return [text]
    parts = [part.strip() for part in _INLINE_BULLET.split(text) if part.strip()]
    return parts if len(parts) > FEW else [text]
