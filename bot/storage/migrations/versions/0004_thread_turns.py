"""The latest messages of threads that the bot takes part in."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "thread_turns",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "thread_ts", "ts", name="pk_thread_turns"),
    )
    op.create_index("ix_thread_turns_said_at", "thread_turns", ["said_at"], unique=False)
    op.create_index("ix_thread_turns_team_id", "thread_turns", ["team_id", "asker"], unique=False)


def downgrade() -> None:
    """Drop it, and what is in it."""
    op.drop_table("thread_turns")
