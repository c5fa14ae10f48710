"""What tests of daily posts and those of new episodes start from: a database, a clock, channels."""

from pathlib import Path

import pytest

from tests.fakes.channels import Clock, FakeChannels
from tests.storage.samples import NOW


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """SQLite, unless a test asks for the other too; the store's own tests run on both."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def channels() -> FakeChannels:
    return FakeChannels()
