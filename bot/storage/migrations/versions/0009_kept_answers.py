"""What people answered and let others be shown."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "kept_answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["handovers.id"], name="fk_kept_answers_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_kept_answers"),
    )
    op.create_index(
        "ix_kept_answers_team_id", "kept_answers", ["team_id", "answered_at"], unique=False
    )


def downgrade() -> None:
    """Drop it, and what is in it."""
    op.drop_table("kept_answers")
