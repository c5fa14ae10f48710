"""What was asked, and what became of it."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.tables.columns import METADATA, Moment, Words

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
    # What a language model made of it, empty where none was asked, and what that cost.
    Column("pointing", Text, nullable=False, server_default=text("''")),
    Column("tokens", Integer, nullable=False, server_default=text("0")),
    Column("pointing_seconds", Float, nullable=False, server_default=text("0")),
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

# Answers of those people that others may be shown; each goes with its handover, whose id it has.
# Of whoever asked it says nothing.
kept_answers = Table(
    "kept_answers",
    METADATA,
    Column("id", Text, ForeignKey("handovers.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("question", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", Moment, nullable=False),
    Index("ix_kept_answers_team_id", "team_id", "answered_at"),
)
