"""Threads: what was asked above, whose turn it is, and what a thread is called."""
