"""Feeds of podcasts: how one is read, which transcript is taken, and how it becomes an episode."""
