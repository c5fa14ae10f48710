"""The bot in Slack's own search, which calls it Enterprise Search.

`listener` answers a search, `results` draws the quotes as search results.
"""
