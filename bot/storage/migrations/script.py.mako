"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the tables here from the version before."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Bring them back."""
    ${downgrades if downgrades else "pass"}
