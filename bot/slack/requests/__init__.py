"""Who asks, how often, whether the request was seen before, and what is kept of it."""
