"""Transactions on SQLite or PostgreSQL; what goes wrong there is a `StoreError`."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)

from bot.errors import BotError
from bot.storage.engines import BUSY, IN_MEMORY, postgresql_engine, sqlite_engine

# Milliseconds that a single statement waits: it stands before an answer, which goes on without it.
_IMPATIENT = 250
IDLE = 1.0  # seconds


class StoreError(BotError):
    """The database cannot be reached, or is not what it should be."""


class Database:
    """An engine whose transactions come as `reading` and `writing`.

    A write on SQLite begins at once (`BEGIN IMMEDIATE`), so that two writers wait for each other
    where they would otherwise fail.
    """

    def __init__(self, url: str, *, connections: int = 10, idle: float = IDLE) -> None:
        """Open lazily: nothing is connected yet. Raises StoreError for a URL that is none.

        A connection that nobody has used for `idle` seconds is looked at before it is used again.
        """
        self.engine = _engine(url, connections, idle)
        # Its transactions change nothing, and so wait for nobody.
        self.reading_engine = self.engine.execution_options(reading=True)
        # Threads of one process take turns here, for SQLite's own waiting sleeps for longer.
        self._sqlite = self.engine.dialect.name == "sqlite"
        self._lock = Lock()
        self._turn = self._lock if self._sqlite else nullcontext()
        self._autocommit = self.engine.execution_options(
            **({} if self._sqlite else {"isolation_level": "AUTOCOMMIT"})
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a transaction that changes nothing."""
        with named(), self.reading_engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a transaction that is committed at the end, or not at all."""
        with self._turn, named(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def at_once(self) -> Iterator[Connection]:
        """Give a connection for a single statement, for which nobody waits long.

        PostgreSQL takes it in one round trip, with no BEGIN and COMMIT. SQLite raises StoreError
        soon where another transaction holds the file.
        """
        if self._sqlite:
            with self._impatient() as connection:
                yield connection
        else:
            with named(), self._autocommit.connect() as connection:
                yield connection

    @contextmanager
    def _impatient(self) -> Iterator[Connection]:
        """Begin a transaction on SQLite that waits for `_IMPATIENT` alone."""
        if not self._lock.acquire(timeout=_IMPATIENT / 1_000):
            raise StoreError("The database is busy: another transaction takes long")
        try:
            with named(), self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute(f"PRAGMA busy_timeout = {_IMPATIENT}")
                try:
                    with connection.begin():
                        yield connection
                finally:
                    driver.execute(f"PRAGMA busy_timeout = {BUSY}")
        finally:
            self._lock.release()

    def insert(self, table: Table) -> Any:
        """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        dialect = sqlite if self._sqlite else postgresql
        statement: Insert = dialect.insert(table)
        return statement

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@contextmanager
def named() -> Iterator[None]:
    """Say what went wrong without the statement and its parameters, which are people's words."""
    try:
        yield
    except (DataError, IntegrityError) as error:
        # PostgreSQL quotes the row that it refuses, so that the cause is for no log.
        raise StoreError(f"The database refuses a row: {type(error.orig).__name__}") from None
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None)
        what = str(cause).partition("\n")[0] if cause else type(error).__name__
        raise StoreError(f"The database fails: {type(cause or error).__name__}: {what}") from error


def _engine(url: str, connections: int, idle: float) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            # A database in memory lives in its one connection, which transactions take in turns.
            return sqlite_engine(url, 1 if parsed.database in IN_MEMORY else connections)
        return postgresql_engine(url, connections, idle)
    except (ArgumentError, ImportError, NoSuchModuleError, ValueError) as error:
        raise StoreError(f"DATABASE_URL: is no address of a database: {error}") from error
