"""Who is told of new episodes, what of, and which show a channel's questions prefer."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "news_channels",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=True),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("show", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("wake_at", sa.DateTime(), nullable=True),
        sa.Column("stopped", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_news_channels"),
        sa.UniqueConstraint("team_id", "channel_id", name="uq_news_channels_team_id_channel_id"),
    )
    op.create_index("ix_news_channels_wake_at", "news_channels", ["wake_at"], unique=False)
    op.create_table(
        "new_episodes",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("show", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_new_episodes"),
    )
    op.create_index("ix_new_episodes_recorded_at", "new_episodes", ["recorded_at"], unique=False)
    op.create_table(
        "news_posts",
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
            ["news_channels.id"],
            name="fk_news_posts_subscription_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "number", name="pk_news_posts"),
    )
    op.create_index("ix_news_posts_ts", "news_posts", ["subscription_id", "ts"], unique=False)
    op.create_table(
        "channel_shows",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("enterprise_id", sa.Text(), nullable=True),
        sa.Column("show", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name="pk_channel_shows"),
    )


def downgrade() -> None:
    """Drop them, and what is in them."""
    op.drop_table("channel_shows")
    op.drop_index("ix_news_posts_ts", table_name="news_posts")
    op.drop_table("news_posts")
    op.drop_index("ix_new_episodes_recorded_at", table_name="new_episodes")
    op.drop_table("new_episodes")
    op.drop_index("ix_news_channels_wake_at", table_name="news_channels")
    op.drop_table("news_channels")
