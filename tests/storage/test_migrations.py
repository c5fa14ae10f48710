import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.storage import Database, Store, StoreError, upgrade
from bot.storage import migrations as scripts
from bot.storage.migrations.upgrade import require_current
from bot.storage.tables import METADATA
from tests.storage.samples import NOW, a_subscription, at_once

ROOT = Path(__file__).parents[2]
OPEN = "import sys; from bot.storage import Store; Store.open(sys.argv[1]).close()"


@pytest.fixture
def database(empty_database: str) -> Iterator[Database]:
    opened = Database(empty_database)
    yield opened
    opened.close()


def set_version(database: Database, version: str) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_the_migrations_make_the_tables_as_the_bot_knows_them(database: Database) -> None:
    upgrade(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    require_current(database)


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(database: Database) -> None:
    upgrade(database)
    store = Store.open(str(database.engine.url))
    saved = store.subscriptions.save(a_subscription())
    upgrade(database)
    assert store.subscriptions.due(NOW, 10) == [saved]
    store.close()


def at(database: Database, version: str) -> None:
    """Bring a new database's tables up to a version."""
    with database.writing() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", *scripts.__path__)
        command.upgrade(config, version)


KEPT_OF_A_WORKSPACE = {
    "workspaces": "(team_id, hash_key) VALUES (:team, 'k')",
    "questions": (
        "(id, team_id, asker, surface, question, kind, answered, confidence, passages, asked_at)"
        " VALUES (:id, :team, 'a', 'command', 'q', 'quote', :no, 1, '[]', :now)"
    ),
    "feedback": (
        "(answer_id, asker, team_id, helpful, passages, given_at)"
        " VALUES (:id, 'a', :team, :no, '[]', :now)"
    ),
    "handovers": (
        "(id, team_id, question, asked_by, asked_at) VALUES (:id, :team, 'q', 'U1', :now)"
    ),
    "subscriptions": (
        "(id, team_id, is_enterprise_install, channel_id, local_time, zone, weekdays, made_at)"
        " VALUES (:id, :team, :no, 'C1', '09:00', 'UTC', :no, :now)"
    ),
}


def test_what_was_kept_of_no_workspace_goes_and_all_else_stays(database: Database) -> None:
    at(database, "0002")
    with database.writing() as connection:
        for table, values in KEPT_OF_A_WORKSPACE.items():
            for team in ("", "T1"):
                given = {"id": f"of {team}", "team": team, "no": False, "now": "2026-11-24 09:00"}
                named = {name: one for name, one in given.items() if f":{name}" in values}
                connection.execute(text(f"INSERT INTO {table} {values}"), named)
    upgrade(database)
    with database.reading() as connection:
        for table in KEPT_OF_A_WORKSPACE:
            left = connection.execute(text(f"SELECT team_id FROM {table}")).scalars()  # noqa: S608 - names of this file
            assert left.all() == ["T1"], table
        added = connection.execute(text("SELECT reason, episode, show FROM questions")).one()
        assert added == ("", "", "")


def test_a_downgrade_leaves_nothing_and_an_upgrade_makes_it_again(database: Database) -> None:
    upgrade(database)
    with database.writing() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", *scripts.__path__)
        command.downgrade(config, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    upgrade(database)
    require_current(database)


def test_many_threads_upgrade_a_new_database_at_once(empty_database: str) -> None:
    def start() -> None:
        database = Database(empty_database)
        upgrade(database)
        require_current(database)
        database.close()

    at_once(8, start)


@pytest.mark.slow
def test_many_processes_open_a_new_file_at_once(tmp_path: Path) -> None:
    start = [sys.executable, "-c", OPEN, f"sqlite:///{tmp_path / 'bot.sqlite3'}"]
    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(
                subprocess.run, start, cwd=ROOT, capture_output=True, text=True, check=False
            )
            for _ in range(4)
        ]
    assert [run.result().stderr for run in runs] == [""] * 4


def test_an_upgrade_that_fails_keeps_what_was_there(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE posts (kept INTEGER)")
    with pytest.raises(StoreError, match="posts"):
        upgrade(database)
    assert inspect(database.engine).get_table_names() == ["posts"]


def test_a_store_in_memory_is_ready_at_once() -> None:
    store = Store.open()
    assert store.subscriptions.save(a_subscription()).due_at == NOW
    store.close()


def test_postgresql_that_is_not_migrated_is_refused_with_what_to_run(
    empty_database: str,
) -> None:
    if empty_database.startswith("sqlite"):
        Store.open(empty_database).close()
        return
    with pytest.raises(StoreError, match=r"version none.* Run `python -m bot migrate`\."):
        Store.open(empty_database)


def test_a_version_that_this_bot_does_not_know_is_refused(database: Database) -> None:
    upgrade(database)
    set_version(database, "9999")
    with pytest.raises(StoreError, match="version 9999, which this bot does not know") as caught:
        require_current(database)
    assert "bot migrate" not in str(caught.value)
    with pytest.raises(StoreError, match="version 9999"):
        Store.open(str(database.engine.url))
    with pytest.raises(StoreError, match="version 9999"):
        upgrade(database)
