"""How long a person remembers: pure functions, no Django."""
