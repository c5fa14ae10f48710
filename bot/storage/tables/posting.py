"""Who gets which posts, and what became of each."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables.columns import METADATA, Moment, Words

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

# The channels whose questions are answered unasked; `since` is null where it is off. `due_at` and
# `wake_at` are as in `news_channels`.
listening_channels = Table(
    "listening_channels",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("enterprise_id", Text),
    Column("is_enterprise_install", Boolean, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("made_by", Text),
    Column("made_at", Moment, nullable=False),
    Column("since", Moment),
    Column("due_at", Moment),
    Column("wake_at", Moment, index=True),
    Column("stopped", Text),
    UniqueConstraint("team_id", "channel_id"),
)

# The questions that nobody has replied to yet, for as long as they wait. `ts` is the message's,
# `team_id` and `asker` whoever wrote it, as in `questions`.
open_questions = Table(
    "open_questions",
    METADATA,
    Column(
        "subscription_id",
        Text,
        ForeignKey("listening_channels.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("ts", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("question", Words, nullable=False),
    Column("due_at", Moment, nullable=False),
    Index("ix_open_questions_asker", "team_id", "asker"),
)

# One row an unasked answer: claimed, then posted or skipped. `item` is the `ts` of its question.
unasked_answers = Table(
    "unasked_answers",
    METADATA,
    Column(
        "subscription_id",
        Text,
        ForeignKey("listening_channels.id", ondelete="CASCADE"),
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
)
