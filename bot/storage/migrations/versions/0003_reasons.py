"""Why a question was declined; and nothing is kept of no workspace."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# An earlier version kept the questions of an organization's install under an empty workspace,
# where neither their askers nor an uninstall could delete them.
_KEPT = ("questions", "feedback", "handovers", "subscriptions", "workspaces")


def upgrade() -> None:
    """Add the column, and delete what stands under an empty workspace."""
    op.add_column(
        "questions", sa.Column("reason", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    for name in _KEPT:
        table = sa.table(name, sa.column("team_id"))
        op.execute(sa.delete(table).where(table.c.team_id == ""))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("questions", "reason")
