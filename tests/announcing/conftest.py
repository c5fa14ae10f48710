from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.announcing import GRACE, Posting
from bot.posting import Loop, Terms
from bot.storage import Store
from tests.daily.channels import Clock, FakeChannels
from tests.storage.samples import NOW

LEASE = timedelta(minutes=1)

MakeLoop = Callable[..., Loop]


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


@pytest.fixture
def unread() -> set[str]:
    """The slugs of episodes that are not read yet; all others are."""
    return set()


@pytest.fixture
def make_loop(
    store: Store, channels: FakeChannels, clock: Clock, unread: set[str]
) -> Iterator[MakeLoop]:
    """A loop on the test's store; each is closed at the end."""

    def make(kept: Store = store, posters: int = 2) -> Loop:
        terms = Terms(LEASE, GRACE)
        poster = Posting(
            kept, channels, lambda slug: slug not in unread, terms, clock, clock.monotonic
        )
        clock.loops.append(Loop(kept.announcements, poster, posters, what="cards", clock=clock))
        return clock.loops[-1]

    yield make
    for loop in clock.loops:
        loop.close()
