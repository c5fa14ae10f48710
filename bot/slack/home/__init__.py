"""The Home tab, and the pane that opens beside it."""
