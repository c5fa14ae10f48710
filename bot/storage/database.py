"""Transactions on SQLite or PostgreSQL; what goes wrong there is a `StoreError`."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DisconnectionError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.pool import QueuePool

from bot.errors import BotError

_BUSY = 10_000  # milliseconds that a writer of SQLite waits for another
# Milliseconds that a single statement waits: it stands before an answer, which goes on without it.
_IMPATIENT = 250
IDLE = 1.0  # seconds
_IN_MEMORY = (None, "", ":memory:")
# Nothing waits long for a database that is gone: answers go on without it.
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
_POSTGRESQL = {
    "connect_timeout": 3,  # seconds
    "tcp_user_timeout": 5_000,  # milliseconds
    "options": "-c statement_timeout=10000 -c lock_timeout=5000",  # milliseconds
    "application_name": "podcast-answer-bot",
}


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
                    driver.execute(f"PRAGMA busy_timeout = {_BUSY}")
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
            return _sqlite(url, 1 if parsed.database in _IN_MEMORY else connections)
        return _postgresql(url, connections, idle)
    except (ArgumentError, ImportError, NoSuchModuleError, ValueError) as error:
        raise StoreError(f"DATABASE_URL: is no address of a database: {error}") from error


def _make_private(path: str) -> None:
    """Make a database's file for its owner alone; what SQLite puts beside it is as private."""
    if path not in _IN_MEMORY:
        with suppress(OSError):  # which is named when the file is opened
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _postgresql(url: str, connections: int, idle: float) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=5,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args=_POSTGRESQL,
    )

    @event.listens_for(engine, "checkin")
    def remember(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: object) -> None:
        # SQLAlchemy's `pool_pre_ping` asks every time, which costs as much as a statement. This
        # error has the pool connect anew.
        unused = time.monotonic() - record.info.get("used_at", time.monotonic())
        if unused > idle:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    return engine


def _sqlite(url: str, connections: int) -> Engine:
    if path := make_url(url).database:
        _make_private(path)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_BUSY / 1000,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # Otherwise the driver begins transactions by itself, and late:
        # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", f"busy_timeout = {_BUSY}", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
