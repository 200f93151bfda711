"""Courses as folders of text: content/README.md says how one is laid out."""
