"""Databases, and a fake Slack, for the tests of every folder."""

# ruff: noqa: PLC0415 - only who asks for one of them pays for importing what it needs

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

# No test is timed: a busy machine is no fault. Bars on times stand in tests/benchmarks.
# Properties are tried with few examples where somebody waits, and with more in CI.
settings.register_profile(
    "untimed",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.storage import Store
    from tests.fakes.postgresql import Cluster
    from tests.fakes.slack import FakeSlack


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where tests and the processes that they start keep what was read and indexed."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def postgresql() -> "Iterator[Cluster]":
    """A cluster that all tests of a process share; a test that stops it starts it again."""
    from tests.fakes.postgresql import binaries, running

    if binaries() is None and os.environ.get("BOT_TESTS_NEED_POSTGRESQL") != "1":
        pytest.skip("PostgreSQL is not installed")
    with running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgresql_tables(postgresql: "Cluster") -> Iterator[str]:
    """The name of a database with the bot's tables, which tests use one after another."""
    from bot.storage import Database, upgrade

    with postgresql.database() as name:
        database = Database(postgresql.url(name))
        upgrade(database)
        database.close()
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database without tables; what uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgresql")
        with cluster.database() as name:
            yield cluster.url(name)


@pytest.fixture
def postgresql_url(postgresql: "Cluster", postgresql_tables: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with the bot's tables and nothing in them."""
    from bot.storage.tables import METADATA

    yield postgresql.url(postgresql_tables)
    postgresql.disconnect()
    emptied = (str(table.delete()) for table in reversed(METADATA.sorted_tables))
    postgresql.execute(";".join(emptied), postgresql_tables)


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the bot's tables, for tests to copy: a migration takes longer."""
    from bot.storage import Store

    path = tmp_path_factory.mktemp("tables") / "bot.sqlite3"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that `Store.open` takes, of either kind, with empty tables."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_tables"), tmp_path / "bot.sqlite3")
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def store(database_url: str) -> "Iterator[Store]":
    """A store with nothing in it, on SQLite and on PostgreSQL."""
    from bot.storage import Store

    opened = Store.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def slack() -> "Iterator[FakeSlack]":
    """A fake Slack that is well; some folders have one of their own."""
    from tests.fakes.slack import FakeSlack

    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def client(slack: "FakeSlack") -> "WebClient":
    """What calls it as slack_sdk does by default."""
    from slack_sdk import WebClient

    return WebClient(token=slack.token, base_url=slack.url)
