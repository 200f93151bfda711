"""How a note is taken in: submitted, read, compared with what is there, and applied."""
