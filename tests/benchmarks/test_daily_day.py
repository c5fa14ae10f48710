"""Daily posts for 100,000 channels: days on which clocks change, and a tick with ten due."""

import time
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from bot.daily import Posting
from bot.posting import Loop, Terms
from bot.storage import Store
from tests.daily.simulation import CHANGES, KEYS, run_days, subscribe, wrong
from tests.fakes.channels import Clock, FakeChannels

CHANNELS = 100_000
DUE, ROUNDS = 10, 9
TICK = 0.05  # seconds


def test_each_of_100_000_channels_has_one_post_on_the_day_its_clock_changes() -> None:
    store, channels = Store.open(), FakeChannels()
    made = subscribe(store, CHANNELS)
    start = time.perf_counter()
    ticks = run_days(store, channels, posters=1)
    seconds = time.perf_counter() - start
    print(f"{CHANNELS:,} posts in {ticks:,} ticks and {seconds:.0f} s")
    assert wrong(channels, made) == []
    store.close()


def test_a_tick_over_100_000_rows_with_ten_due_takes_less_than_50_ms(tmp_path: Path) -> None:
    """In a file; the tick itself, then until what it began is posted to channels without delay."""
    store, channels = Store.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}"), FakeChannels()
    made = iter(subscribe(store, CHANNELS).values())
    clock = Clock(CHANGES[0].begins - timedelta(days=1))
    posting = Posting(store, channels, lambda: KEYS, Terms(), clock, clock.monotonic)
    loop = Loop(store.subscriptions, posting, posters=8, clock=clock)
    ticks, whole = [], []
    for _ in range(ROUNDS):
        for one in islice(made, DUE):
            store.subscriptions.save(replace(one, due_at=clock.now))
        start = time.perf_counter()
        assert loop.tick(clock.now) == DUE
        ticks.append(time.perf_counter() - start)
        loop.settle()
        whole.append(time.perf_counter() - start)
    loop.close()
    store.close()
    print(f"tick {median(ticks) * 1000:.1f} ms, with its ten posts {median(whole) * 1000:.1f} ms")
    assert median(whole) < TICK
