"""Pasted links to quotes' pages, shown as the quotes.

`listener` is told of links, `card` draws what is shown. Links of others, and those that a page
would not open for, are left alone.
"""
