"""The form that the owners' own episodes are written in, Markdown that says most of itself."""
