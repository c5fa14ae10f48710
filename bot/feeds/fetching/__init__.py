"""Fetching files from the web: from public addresses, by https, within limits, politely."""

from bot.feeds.fetching.answer import (
    FEED_BYTES,
    NONE,
    TRANSCRIPT_BYTES,
    Fetched,
    NotModified,
    Validators,
)
from bot.feeds.fetching.errors import FetchError, shown
from bot.feeds.fetching.fetcher import Fetcher, user_agent
from bot.feeds.fetching.limits import LIMITS, Limits
from bot.feeds.fetching.turns import AT_ONCE, several

__all__ = [
    "AT_ONCE",
    "FEED_BYTES",
    "LIMITS",
    "NONE",
    "TRANSCRIPT_BYTES",
    "FetchError",
    "Fetched",
    "Fetcher",
    "Limits",
    "NotModified",
    "Validators",
    "several",
    "shown",
    "user_agent",
]
