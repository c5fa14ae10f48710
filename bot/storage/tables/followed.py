"""Podcasts that are followed, their episodes, and which of those are new."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, Table, Text

from bot.storage.tables.columns import METADATA, Moment, Words

# The podcasts that are followed. `due_at` is when the next look is due, null where it was stopped;
# whoever looks holds `claim` until `lease_until`. `address` may hold a key, and is encrypted.
# `etag`, `modified` and `digest` tell the feed as it was read to the end, null where it was not.
feeds = Table(
    "feeds",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("newest", Integer),
    Column("language", Text),
    Column("followed_at", Moment, nullable=False),
    Column("due_at", Moment, index=True),
    Column("stopped", Text),
    Column("claim", Text),
    Column("lease_until", Moment),
    Column("looked_at", Moment),
    Column("first_read_at", Moment),
    Column("failed", Words),
    Column("etag", Words),
    Column("modified", Words),
    Column("digest", Text),
)

# Their episodes: what of each is kept in the knowledge folder, and when it was last tried. `key` is
# the guid's digest, for PostgreSQL's index takes no long text, and `source` that of the address of
# the transcript, which may hold a key. `announce`: a new one whose announcement is owed.
feed_items = Table(
    "feed_items",
    METADATA,
    Column("feed_id", Text, ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("guid", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Moment),
    Column("audio", Words),
    Column("link", Words),
    Column("seen_at", Moment, nullable=False),
    Column("new", Boolean, nullable=False),
    Column("announce", Boolean, nullable=False),
    Column("slug", Text),
    Column("state", Text),
    Column("tried_at", Moment),
    Column("failed", Words),
    Column("gone", Boolean, nullable=False),
    Column("source", Text),
    Column("etag", Words),
    Column("modified", Words),
    Column("digests", JSON, nullable=False),
)

# The new episodes that channels are told of, each once.
new_episodes = Table(
    "new_episodes",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("show", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Moment),
    Column("recorded_at", Moment, nullable=False, index=True),
)
