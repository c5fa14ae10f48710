"""What a language model made of a question, and the workspaces that let one see questions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns: no model was asked before, and no workspace has agreed."""
    op.add_column(
        "questions",
        sa.Column("pointing", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "questions",
        sa.Column("tokens", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column(
        "questions",
        sa.Column("pointing_seconds", sa.Float(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column("workspaces", sa.Column("model_host", sa.Text()))


def downgrade() -> None:
    """Drop the columns."""
    op.drop_column("workspaces", "model_host")
    for name in ("pointing_seconds", "tokens", "pointing"):
        op.drop_column("questions", name)
