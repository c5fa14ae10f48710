"""The episode that a question was narrowed to, and the show that its channel prefers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_COLUMNS = ("episode", "show")


def upgrade() -> None:
    """Add the columns; of questions kept before, nobody knows either."""
    for name in _COLUMNS:
        op.add_column(
            "questions", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''"))
        )


def downgrade() -> None:
    """Drop the columns."""
    for name in reversed(_COLUMNS):
        op.drop_column("questions", name)
