"""A Slack bot that answers questions from a podcast episode, in the episode's own words."""
