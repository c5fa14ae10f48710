import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import Store, StoreError
from tests.storage.samples import DAY, NOW, at_once


def test_an_event_comes_for_the_first_time_once(store: Store, other_process: Store) -> None:
    assert store.events.first_time("Ev1", NOW)
    assert not store.events.first_time("Ev1", NOW + DAY)
    assert not other_process.events.first_time("Ev1", NOW)
    assert other_process.events.first_time("Ev2", NOW)


def test_of_many_threads_in_two_processes_one_has_an_event(
    store: Store, other_process: Store
) -> None:
    takers = [store, other_process] * 8

    def take() -> bool:
        return takers.pop().events.first_time("Ev1", NOW)

    assert sum(at_once(16, take)) == 1


def test_old_events_are_forgotten(store: Store) -> None:
    store.events.first_time("old", NOW - DAY)
    store.events.first_time("new", NOW)
    assert store.events.delete_before(NOW) == 1
    assert store.events.first_time("old", NOW)
    assert not store.events.first_time("new", NOW)


def test_a_file_that_another_process_holds_keeps_nobody_waiting(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with closing(Store.open(f"sqlite:///{file}")) as store, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"locked|busy"):
            store.events.first_time("Ev1", NOW)
        assert time.monotonic() - began < 2  # of the 10 s that other writes wait
        other.rollback()
        assert store.events.first_time("Ev1", NOW)
