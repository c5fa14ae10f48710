"""Getting a message to a channel, a thread or a person."""
