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
