"""A podcast on the loopback, and somebody who follows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import Store
from tests.fakes.database import database_url
from tests.fakes.podcast import Podcast
from tests.fakes.web_host import WebHost
from tests.feeds.listener import Listener

__all__ = ["database_url"]  # a fixture of this folder too


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
