"""The tables, as SQLAlchemy knows them; the migrations make the same, and a test compares both."""

from datetime import UTC, datetime

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC without a zone in the table, where it sorts as text too."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a time that does not say where it is."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the same instant, in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """What a person wrote, without the few characters that a database cannot keep."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """JSON can hold NUL, which PostgreSQL refuses, and halves of characters."""
        del dialect
        return value and value.replace("\0", "").encode("utf-8", "replace").decode()


# The workspaces that anything is kept of, each with the key that its people's names are hashed by.
workspaces = Table(
    "workspaces",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("enterprise_id", Text, index=True),
    Column("hash_key", Text, nullable=False),
)

# What Slack has delivered, for a day.
events = Table(
    "events",
    METADATA,
    Column("event_id", Text, primary_key=True),
    Column("handled_at", Moment, nullable=False, index=True),
)

# Who gets a daily takeaway. `due_at` is the next post's time; `wake_at` when the loop has to look
# again, which is later while a post is under way. Both are null where it is off.
subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("enterprise_id", Text),
    Column("is_enterprise_install", Boolean, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("local_time", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("weekdays", Boolean, nullable=False),
    Column("made_by", Text),
    Column("made_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("wake_at", Moment, index=True),
    Column("stopped", Text),
    UniqueConstraint("team_id", "channel_id"),
)

# One row a subscription and local date: claimed, then posted or skipped.
posts = Table(
    "posts",
    METADATA,
    Column(
        "subscription_id",
        Text,
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("local_date", Date, primary_key=True),
    Column("state", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("claim", Text, nullable=False),
    Column("claimed_at", Moment, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("ts", Text),
    Column("ended_at", Moment),
    Index("ix_posts_state", "state"),
)

# What was asked, by whom only as a hash.
questions = Table(
    "questions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("surface", Text, nullable=False),
    Column("question", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("passages", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    # Why the bot declined, empty where it answered.
    Column("reason", Text, nullable=False, server_default=text("''")),
    # The slug of the one episode that was asked about, and the show that was looked in first; empty
    # where all were.
    Column("episode", Text, nullable=False, server_default=text("''")),
    Column("show", Words, nullable=False, server_default=text("''")),
    Index("ix_questions_team_id", "team_id", "asker"),
)

# Thumbs, one a person and answer.
feedback = Table(
    "feedback",
    METADATA,
    Column("answer_id", Text, primary_key=True),
    Column("asker", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text),
    Column("comment", Words),
    Column("passages", JSON, nullable=False),
    Column("given_at", Moment, nullable=False, index=True),
    Index("ix_feedback_team_id", "team_id", "asker"),
)

# The latest messages of threads that the bot takes part in: whose turn it is, what it was asked.
thread_turns = Table(
    "thread_turns",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("thread_ts", Text, primary_key=True),
    Column("ts", Text, primary_key=True),
    Column("asker", Text, nullable=False),
    Column("move", Text, nullable=False),
    Column("question", Words, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("said_at", Moment, nullable=False, index=True),
    Index("ix_thread_turns_team_id", "team_id", "asker"),
)

# Questions handed to a person, who has to know whom to answer.
handovers = Table(
    "handovers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, nullable=False, index=True),
    Column("question", Words, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("channel_id", Text),
    Column("thread_ts", Text),
    Column("answer", Words),
    Column("answered_by", Text),
    Column("resolved_at", Moment),
)

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

# The channels that are told of new episodes; `since` is null where it is off. `due_at` and
# `wake_at` are as in `subscriptions`, null too where there is nothing to tell.
news_channels = Table(
    "news_channels",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("enterprise_id", Text),
    Column("is_enterprise_install", Boolean, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("show", Words),
    Column("made_by", Text),
    Column("made_at", Moment, nullable=False),
    Column("since", Moment),
    Column("due_at", Moment),
    Column("wake_at", Moment, index=True),
    Column("stopped", Text),
    UniqueConstraint("team_id", "channel_id"),
)

# What they are told of, each episode once.
new_episodes = Table(
    "new_episodes",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("show", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Moment),
    Column("recorded_at", Moment, nullable=False, index=True),
)

# One row a post of a channel's: claimed, then posted or skipped. `item` names its episodes.
news_posts = Table(
    "news_posts",
    METADATA,
    Column(
        "subscription_id",
        Text,
        ForeignKey("news_channels.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("claim", Text, nullable=False),
    Column("claimed_at", Moment, nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("ts", Text),
    Column("ended_at", Moment),
    Index("ix_news_posts_ts", "subscription_id", "ts"),
)

# The show that a channel's questions are looked up in first.
channel_shows = Table(
    "channel_shows",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("enterprise_id", Text),
    Column("show", Words, nullable=False),
    Column("made_by", Text),
)

installations = SQLAlchemyInstallationStore.build_installations_table(
    METADATA, SQLAlchemyInstallationStore.default_installations_table_name
)
bots = SQLAlchemyInstallationStore.build_bots_table(
    METADATA, SQLAlchemyInstallationStore.default_bots_table_name
)
# Nothing is written here any more: states are signed. A later release drops it.
oauth_states = SQLAlchemyOAuthStateStore.build_oauth_states_table(
    METADATA, SQLAlchemyOAuthStateStore.default_table_name
)

# What is encrypted; it outgrows the columns of slack_sdk, made for plain tokens.
SECRETS = {
    bots: ("bot_token", "bot_refresh_token"),
    installations: (
        "bot_token",
        "bot_refresh_token",
        "user_token",
        "user_refresh_token",
        "incoming_webhook_url",
    ),
}
for _table, _columns in SECRETS.items():
    for _name in _columns:
        _table.c[_name].type = Text()
