"""From the lines of a note to its tree of sections and items."""

from apps.extraction.outline.build import build_outline

__all__ = ["build_outline"]
