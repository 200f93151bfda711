"""Reads PDF files that hold text."""

from apps.extraction.readers.pdf.reader import PdfReader

__all__ = ["PdfReader"]
