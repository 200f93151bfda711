"""Chooses the builder for a note's shape and accounts for the lines no builder takes."""

from collections.abc import Sequence

from apps.extraction.documents import Line, Outline, Reason, Shape, ShapeKind
from apps.extraction.noise import page_noise
from apps.extraction.outline.flat import build_flat
from apps.extraction.outline.indented import build_indented
from apps.extraction.outline.markdown import build_markdown
from apps.extraction.outline.markers import build_markers
from apps.extraction.outline.outlined import build_outlined
from apps.extraction.outline.tree import Tree
from apps.extraction.outline.wraps import unwrapped
from apps.extraction.sources import Source


def build_outline(source: Source, lines: Sequence[Line], shape: Shape) -> Outline:
    """Return the tree of a note; its lines are numbered as the source's."""
    tree = Tree()
    if shape.kind is ShapeKind.MARKDOWN:
        build_markdown(lines, tree)
        return tree.outline()
    noise = {record.line: record.reason for record in page_noise(lines)}
    for no, reason in noise.items():
        tree.skip(no, reason or Reason.CHROME)
    kept = (line for line in lines if line.raw.strip() and line.no not in noise)
    written = unwrapped(list(kept), shape.width)
    _BUILDERS[shape.kind](written, tree, contents=_titles(lines, noise))
    return tree.outline()


def _titles(lines: Sequence[Line], noise: dict[int, Reason | None]) -> tuple[str, ...]:
    """Return the titles a table of contents promises."""
    return tuple(
        line.clean.rstrip("0123456789 .-–")
        for line in lines
        if noise.get(line.no) is Reason.CONTENTS
    )


_BUILDERS = {
    ShapeKind.INDENTED: build_indented,
    ShapeKind.FLAT: build_flat,
    ShapeKind.MARKERS: build_markers,
    ShapeKind.WRAPPED: build_indented,
    ShapeKind.OUTLINE: build_outlined,
}
