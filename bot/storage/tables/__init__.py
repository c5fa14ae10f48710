"""The tables, as SQLAlchemy knows them; the migrations make the same, and a test compares both.

All are named here, so that whoever imports `METADATA` has every one of them in it.
"""

from bot.storage.tables.asked import feedback, handovers, kept_answers, questions, thread_turns
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
from bot.storage.tables.posting import (
    listening_channels,
    news_channels,
    news_posts,
    open_questions,
    posts,
    subscriptions,
    unasked_answers,
)

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
    "kept_answers",
    "listening_channels",
    "new_episodes",
    "news_channels",
    "news_posts",
    "oauth_states",
    "open_questions",
    "posts",
    "questions",
    "subscriptions",
    "thread_turns",
    "unasked_answers",
    "workspaces",
]
