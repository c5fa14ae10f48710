"""Bringing the tables up to date, and telling whether they are: Alembic, without its files."""

from contextlib import suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage.database import Database, StoreError

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """Run the migrations that are missing, all or none. Processes that start at once take turns."""
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('bot.migrate'))")
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        if _current(connection) == _newest():
            return
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_SCRIPTS))
        command.upgrade(config, "head")


def require_current(database: Database) -> None:
    """Raises StoreError where the tables are missing, older or newer than this bot."""
    with database.reading() as connection:
        found, newest = _current(connection), _newest()
    if found == newest:
        return
    known = False
    with suppress(Exception):
        known = found is None or _scripts().get_revision(found) is not None
    if known:
        raise StoreError(
            f"The database's tables are of version {found or 'none'}, this bot needs {newest}. "
            "Run `python -m bot migrate`."
        )
    raise StoreError(
        f"The database's tables are of version {found}, which this bot does not know: a newer one "
        "has been here. Run that one, or restore a backup."
    )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_SCRIPTS))


def _newest() -> str:
    return str(_scripts().get_current_head())


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
