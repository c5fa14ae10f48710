"""The tables, as SQLAlchemy knows them; the migrations make the same, and a test compares both.

All are named here, so that whoever imports `METADATA` has every one of them in it.
"""

from bot.storage.tables.asked import feedback, handovers, questions, thread_turns
from bot.storage.tables.columns import METADATA
from bot.storage.tables.followed import feed_items, feeds, new_episodes
from bot.storage.tables.installed import (
    SECRETS,
    bots,
    channel_shows,
    events,
    installations,
    oauth_states,
    workspaces,
)
from bot.storage.tables.posting import news_channels, news_posts, posts, subscriptions

__all__ = [
    "METADATA",
    "SECRETS",
    "bots",
    "channel_shows",
    "events",
    "feed_items",
    "feedback",
    "feeds",
    "handovers",
    "installations",
    "new_episodes",
    "news_channels",
    "news_posts",
    "oauth_states",
    "posts",
    "questions",
    "subscriptions",
    "thread_turns",
    "workspaces",
]
