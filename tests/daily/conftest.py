from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.daily import Posting
from bot.posting import Loop, Terms
from bot.storage import Store, Subscription
from tests.fakes.channels import Clock, FakeChannels
from tests.fakes.database import database_url
from tests.fakes.posting import channels, clock
from tests.storage.samples import a_subscription

__all__ = ["channels", "clock", "database_url"]  # fixtures of this folder too

KEYS = [*(f"e/takeaway/{number}" for number in range(1, 4)), "e/one", "e/two"]
LEASE, GRACE = timedelta(minutes=1), timedelta(hours=2)

MakeLoop = Callable[..., Loop]
Subscribe = Callable[..., Subscription]


@pytest.fixture
def make_loop(store: Store, channels: FakeChannels, clock: Clock) -> Iterator[MakeLoop]:
    """A loop on the test's store; each is closed at the end."""

    def make(
        kept: Store = store,
        posters: int = 2,
        clean_up: Callable[[datetime], None] | None = None,
        monotonic: Callable[[], float] = clock.monotonic,
        keys: Callable[[], Sequence[str]] = lambda: KEYS,
    ) -> Loop:
        posting = Posting(kept, channels, keys, Terms(LEASE, GRACE), clock, monotonic)
        loop = Loop(
            kept.subscriptions,
            posting,
            posters,
            what="daily posts",
            clock=clock,
            clean_up=clean_up,
        )
        clock.loops.append(loop)
        return loop

    yield make
    for loop in clock.loops:
        loop.close()


@pytest.fixture
def subscribe(store: Store) -> Subscribe:
    """Turn a channel's daily post on; it is due now."""

    def save(channel: str = "C1", **fields: Any) -> Subscription:
        return store.subscriptions.save(a_subscription(channel_id=channel, **fields))

    return save
