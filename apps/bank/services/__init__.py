"""How cards and questions are written, published and retired."""
