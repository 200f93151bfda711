"""The Anki package format (.apkg), written with the standard library alone."""
