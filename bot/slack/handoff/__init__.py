"""A question that the episode does not answer goes to a person, and the answer comes back."""
