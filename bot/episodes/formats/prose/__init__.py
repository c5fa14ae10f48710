"""Plain text and Markdown other than the house's own form: the file is the text."""
