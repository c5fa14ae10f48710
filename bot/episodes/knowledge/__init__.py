"""The knowledge folder: which files are episodes, how they are read, and where they are kept."""
