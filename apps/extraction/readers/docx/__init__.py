"""Reads Word documents."""

from apps.extraction.readers.docx.reader import DocxReader

__all__ = ["DocxReader"]
