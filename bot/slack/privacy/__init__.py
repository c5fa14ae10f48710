"""Deleting what is kept of a person or of a workspace."""
