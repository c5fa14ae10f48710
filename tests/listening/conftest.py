from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.listening import GRACE, Posting
from bot.posting import Loop, Terms
from bot.storage import Store
from tests.fakes.channels import Clock, FakeChannels
from tests.fakes.database import database_url
from tests.fakes.posting import channels, clock

__all__ = ["channels", "clock", "database_url"]  # fixtures of this folder too

LEASE = timedelta(minutes=1)
UNSURE = "unsure"  # the beginning of questions that have no sure answer

MakeLoop = Callable[..., Loop]


@pytest.fixture
def make_loop(store: Store, channels: FakeChannels, clock: Clock) -> Iterator[MakeLoop]:
    """A loop on the test's store; each is closed at the end."""

    def make(kept: Store = store, posters: int = 2) -> Loop:
        poster = Posting(
            kept,
            channels,
            lambda _channel, question: not question.startswith(UNSURE),
            Terms(LEASE, GRACE),
            clock,
            clock.monotonic,
        )
        clock.loops.append(Loop(kept.listening, poster, posters, what="answers", clock=clock))
        return clock.loops[-1]

    yield make
    for loop in clock.loops:
        loop.close()
