"""The Block Kit parts that every feature builds with. Pure."""
