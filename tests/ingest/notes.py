"""A note of our own in the shapes the first readers know."""

CELLS = """# Cells

## Parts of a cell

- **Nucleus**: holds the DNA
- **Ribosome**: builds proteins
- **Mitochondrion**: turns food into usable energy
- A human cell holds 46 chromosomes.

The layers of the skin:

- epidermis
- dermis
- subcutis
"""
