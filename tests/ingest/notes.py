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

CITIES = (
    "Paris Madrid Rome Oslo Warsaw Athens Lima Santiago Nairobi Cairo Tokyo Kathmandu Havana "
    "Accra Stockholm Riga Amman Bamako Vientiane Suva"
).split()
MANY = "# Walks\n\n" + "".join(
    f"- A walk through {city} takes {minutes} minutes.\n" for minutes, city in enumerate(CITIES, 31)
)
"""One topic with twenty facts."""

AT_ODDS = """# The cell

- **Nucleus**: holds the DNA
- A human cell holds 46 chromosomes.

Later in the term.

- A human cell holds 48 chromosomes.
"""
"""A note that contradicts itself, in its lines 4 and 8."""
