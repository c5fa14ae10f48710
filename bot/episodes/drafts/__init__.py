"""A draft of `episode.yaml`, of what a transcript says of itself; a person approves it."""
