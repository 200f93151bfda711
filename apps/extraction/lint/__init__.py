"""Keeps the drafts a stranger could use, and tells why the others go."""

from apps.extraction.lint.select import Selected, select

__all__ = ["Selected", "select"]
