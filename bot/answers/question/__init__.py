"""Reading a message: the question in it, small talk, intents, follow-ups."""
