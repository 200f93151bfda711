"""From statements to facts: what one note says twice counts once, what it disputes is told."""

from apps.extraction.facts.conflicts import find_conflicts, mark_disputed
from apps.extraction.facts.merge import merge_statements

__all__ = ["find_conflicts", "mark_disputed", "merge_statements"]
