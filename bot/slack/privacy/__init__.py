"""Deleting what is kept of a person or of a workspace.

`forget` says what is kept and deletes a person's part of it, `uninstall` deletes all of a
workspace that takes the app away.
"""
