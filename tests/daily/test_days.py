"""Days on which clocks change, in simulated time; tests/benchmarks has the same with 100,000."""

import pytest

from bot.storage import Store
from tests.daily.simulation import run_days, subscribe, wrong
from tests.fakes.channels import FakeChannels


@pytest.mark.slow
def test_on_days_on_which_clocks_change_each_channel_has_one_post(channels: FakeChannels) -> None:
    store = Store.open()
    made = subscribe(store, 2_000)
    run_days(store, channels, posters=1)
    assert wrong(channels, made) == []
    assert store.posts.counts() == {"claimed": 0, "posted": 2_000, "skipped": 0}
    store.close()
