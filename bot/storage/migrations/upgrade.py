"""Bringing the tables up to date, and telling whether they are: Alembic, without its files."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.storage.database import Database, StoreError

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

_SCRIPTS = Path(__file__).parent


def upgrade(database: Database) -> None:
    """Run the migrations that are missing, all or none. Processes that start at once take turns.

    Raises StoreError where the tables are newer than this bot.
    """
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('bot.migrate'))")
        found = _current(connection)
        if found == _newest():
            return
        _require_known(found)
        from alembic import command
        from alembic.config import Config

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_SCRIPTS))
        command.upgrade(config, "head")


def require_current(database: Database) -> None:
    """Raise StoreError if the tables are missing, older or newer than this bot."""
    with database.reading() as connection:
        found, newest = _current(connection), _newest()
    if found != newest:
        _require_known(found)
        raise StoreError(
            f"The database's tables are of version {found or 'none'}, this bot needs {newest}. "
            "Run `python -m bot migrate`."
        )


def _require_known(version: str | None) -> None:
    """No tables at all are known too."""
    if version is not None and version not in {one.revision for one in _scripts().walk_revisions()}:
        raise StoreError(
            f"The database's tables are of version {version}, which this bot does not know: a "
            "newer one has been here. Run that one, or restore a backup."
        )


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_SCRIPTS))


@cache
def _newest() -> str:
    return str(_scripts().get_current_head())


def _current(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
