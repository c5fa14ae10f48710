"""The parts of reading a feed: its XML, its items, the values in them, and a page in its place."""
