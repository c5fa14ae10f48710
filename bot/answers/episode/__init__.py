"""What the episode says of itself: facts, terms, takeaways, a quiz."""
