"""Whether to answer."""
