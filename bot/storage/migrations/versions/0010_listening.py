"""The channels whose questions are answered unasked, what waits there, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "listening_channels",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=True),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("wake_at", sa.DateTime(), nullable=True),
        sa.Column("stopped", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_listening_channels"),
        sa.UniqueConstraint(
            "team_id", "channel_id", name="uq_listening_channels_team_id_channel_id"
        ),
    )
    op.create_index(
        "ix_listening_channels_wake_at", "listening_channels", ["wake_at"], unique=False
    )
    op.create_table(
        "open_questions",
        sa.Column("subscription_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["listening_channels.id"],
            name="fk_open_questions_subscription_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "ts", name="pk_open_questions"),
    )
    op.create_index("ix_open_questions_asker", "open_questions", ["team_id", "asker"], unique=False)
    op.create_table(
        "unasked_answers",
        sa.Column("subscription_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["listening_channels.id"],
            name="fk_unasked_answers_subscription_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "number", name="pk_unasked_answers"),
    )


def downgrade() -> None:
    """Drop them, and what is in them."""
    op.drop_table("unasked_answers")
    op.drop_index("ix_open_questions_asker", table_name="open_questions")
    op.drop_table("open_questions")
    op.drop_index("ix_listening_channels_wake_at", table_name="listening_channels")
    op.drop_table("listening_channels")
