from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.announcing import GRACE, Posting
from bot.posting import Loop, Terms
from bot.storage import Store
from tests.fakes.channels import Clock, FakeChannels
from tests.fakes.database import database_url
from tests.fakes.posting import channels, clock

__all__ = ["channels", "clock", "database_url"]  # fixtures of this folder too

LEASE = timedelta(minutes=1)

MakeLoop = Callable[..., Loop]


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
