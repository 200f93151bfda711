"""From the tree of a note to the single things it says."""

from apps.extraction.statements.read import read_statements

__all__ = ["read_statements"]
