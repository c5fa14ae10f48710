"""A look at a feed: the claim on it, its bytes, and when the next look is due."""
