"""A channel's daily takeaway: its settings and its posts."""
