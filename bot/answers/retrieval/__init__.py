"""Finding passages for a question and ranking them."""
