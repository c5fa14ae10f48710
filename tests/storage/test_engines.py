import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import Database, StoreError, engines


def connect(url: str) -> str:
    with closing(Database(url)) as database, database.reading() as connection:
        return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())


def test_many_connect_to_a_new_file_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for turn in range(20):  # one of so many failed
            url = f"sqlite:///{tmp_path / f'{turn}.sqlite3'}"
            assert set(pool.map(connect, [url] * 8)) == {"wal"}


def test_a_file_that_stays_locked_is_named_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY", 100)
    path = tmp_path / "bot.sqlite3"
    with closing(sqlite3.connect(path)) as held:
        held.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="database is locked"):
            connect(f"sqlite:///{path}")


def test_what_is_no_database_is_not_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    path.write_text("no database " * 100)
    with pytest.raises(StoreError, match="not a database"):
        connect(f"sqlite:///{path}")
