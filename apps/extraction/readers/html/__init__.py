"""Reads web pages."""

from apps.extraction.readers.html.reader import HtmlReader

__all__ = ["HtmlReader"]
