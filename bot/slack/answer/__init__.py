"""What is shown for an answer, and what its buttons do."""
