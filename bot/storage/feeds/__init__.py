"""The podcasts that are followed, and their episodes."""
