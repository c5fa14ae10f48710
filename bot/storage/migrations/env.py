"""What Alembic runs; `bot.storage.migrations.upgrade` hands the connection over."""

from alembic import context

from bot.storage.tables import METADATA

# One transaction around all, on SQLite too, where Alembic would otherwise take none.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
