"""Podcasting 2.0 HTML, alone or inside a page."""
