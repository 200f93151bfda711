"""From statements to facts: what one note says twice counts once."""

from apps.extraction.facts.merge import merge_statements

__all__ = ["merge_statements"]
