"""A real PostgreSQL that goes away in the middle of a post, and comes back."""

import pytest

from bot.posting import Outcome, Posted
from bot.storage import Store, StoreError
from tests.daily.conftest import KEYS, LEASE, MakeLoop, Subscribe
from tests.fakes.channels import Clock, FakeChannels
from tests.fakes.postgresql import Cluster


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_goes_away_and_comes_back_costs_no_post_and_doubles_none(
    postgresql: Cluster,
    make_loop: MakeLoop,
    subscribe: Subscribe,
    store: Store,
    channels: FakeChannels,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def posted_while_it_stops() -> Outcome:
        postgresql.stop()
        return Posted("")

    channels.plans["C1"].append(posted_while_it_stops)
    subscribe()
    loop = make_loop()
    try:
        loop.tick(clock.now)
        assert loop.settle(timeout=30)
        with pytest.raises(StoreError):
            loop.tick(clock.now)
    finally:
        postgresql.start()
    assert caplog.messages.count("Daily posts wait for the database") <= 1
    subscribe("C2")
    clock.move(LEASE)
    loop.tick(clock.now)
    assert loop.settle(timeout=30)
    assert channels.items("C1") == channels.items("C2") == [KEYS[0]]
    assert store.posts.counts() == {"claimed": 0, "posted": 2, "skipped": 0}
