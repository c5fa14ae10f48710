"""Engines of SQLAlchemy for SQLite and PostgreSQL, set up so that nothing waits for long."""

import os
import sqlite3
import time
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

BUSY = 10_000  # milliseconds that a writer of SQLite waits for another
_RETRY_AFTER = 0.01  # seconds
IN_MEMORY = (None, "", ":memory:")
# Nothing waits long for a database that is gone: answers go on without it.
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
_POSTGRESQL = {
    "connect_timeout": 3,  # seconds
    "tcp_user_timeout": 5_000,  # milliseconds
    "options": "-c statement_timeout=10000 -c lock_timeout=5000",  # milliseconds
    "application_name": "podcast-answer-bot",
}


def postgresql_engine(url: str, connections: int, idle: float) -> Engine:
    """Return an engine that looks at a connection unused for `idle` seconds before its use."""
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


def sqlite_engine(url: str, connections: int) -> Engine:
    """Return an engine whose writers wait for each other, on a file for its owner alone."""
    if path := make_url(url).database:
        _make_private(path)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY / 1000,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # Otherwise the driver begins transactions by itself, and late:
        # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY}")
        connection.execute("PRAGMA foreign_keys = ON")
        _log_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Have the file written ahead in a log; wait while another process does the same.

    SQLite itself does not, whatever its busy timeout: https://www.sqlite.org/c3ref/busy_handler.html
    """
    until = time.monotonic() + BUSY / 1_000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # or a kind of it
            if not busy or time.monotonic() > until:
                raise
            time.sleep(_RETRY_AFTER)
        else:
            return


def _make_private(path: str) -> None:
    """Make a database's file for its owner alone; what SQLite puts beside it is as private."""
    if path not in IN_MEMORY:
        with suppress(OSError):  # which is named when the file is opened
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
