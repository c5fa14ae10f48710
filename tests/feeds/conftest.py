"""A podcast on the loopback, and somebody who follows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import Store
from tests.fakes.podcast import Podcast
from tests.fakes.web_host import WebHost
from tests.feeds.listener import Listener


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """SQLite, unless a test asks for the other too; the store's own tests run on both."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def podcast() -> Iterator[Podcast]:
    with WebHost() as host:
        podcast = Podcast(host)
        podcast.publish()
        yield podcast


@pytest.fixture
def listener(store: Store, podcast: Podcast, tmp_path: Path) -> Listener:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    return Listener(store, folder, podcast)
