"""QTI 3 items as a content package; pure."""
