"""The loop over hours, and once."""

import logging
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest

from bot.errors import BotError
from bot.posting import Gone, Unsure, Wait
from bot.storage import Store, StoreError
from tests.daily.conftest import KEYS, LEASE, MakeLoop, Subscribe
from tests.fakes.channels import Away, Clock, FakeChannels, Stop
from tests.storage.samples import DAY, MINUTE, NOW, TODAY

HOUR = timedelta(hours=1)


def test_it_posts_until_it_is_stopped(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    subscribe(due_at=NOW + MINUTE)
    make_loop().run(Stop(clock, NOW + 2 * MINUTE))
    assert channels.items("C1") == [KEYS[0]]


def test_it_finishes_the_post_under_way_when_it_is_stopped(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels
) -> None:
    began, go_on, stop = Event(), Event(), Event()

    def slow() -> Unsure:
        began.set()
        go_on.wait(timeout=10)
        return Unsure()

    channels.plans["C1"].append(slow)
    subscribe()
    thread = Thread(target=make_loop().run, args=(stop,))
    thread.start()
    assert began.wait(timeout=10)
    stop.set()
    thread.join(timeout=0.05)
    assert thread.is_alive()
    go_on.set()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_it_cleans_up_at_its_start_and_every_hour(make_loop: MakeLoop, clock: Clock) -> None:
    cleaned: list[datetime] = []
    make_loop(clean_up=cleaned.append).run(Stop(clock, NOW + 3 * HOUR))
    assert len(cleaned) == 3
    assert cleaned[0] < NOW + MINUTE


def test_it_goes_on_when_cleaning_up_fails(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    def fail(_now: datetime) -> None:
        raise StoreError("no")

    subscribe()
    make_loop(clean_up=fail).run(Stop(clock, NOW + HOUR))
    assert channels.items("C1") == [KEYS[0]]


def test_a_database_that_goes_away_is_waited_for_and_mentioned_once(
    make_loop: MakeLoop,
    subscribe: Subscribe,
    store: Store,
    channels: FakeChannels,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    subscribe(due_at=NOW + MINUTE)
    away = Away(store)

    class Outage(Stop):
        def wait(self, timeout: float | None = None) -> bool:
            stopped = super().wait(timeout)
            out = NOW + MINUTE <= clock.now < NOW + 10 * MINUTE
            away.methods = {"due", "next_wake"} if out else set()
            return stopped

    make_loop(away.store).run(Outage(clock, NOW + 12 * MINUTE))
    assert channels.items("C1") == [KEYS[0]]
    assert caplog.text.count("wait for the database") == 1
    assert caplog.text.count("is back") == 1
    assert 50 < away.failed < 70  # it backs off, to ten seconds


def test_once_waits_until_it_is_known_what_became_of_its_posts(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    channels.plans["C1"].append(Wait(7))
    channels.plans["C2"] += [Unsure(), Unsure()]
    channels.plans["C3"].append(Gone("is_archived"))
    for number in range(5):
        subscribe(f"C{number}")
    subscribe("C9", due_at=NOW + MINUTE)
    make_loop().once(Stop(clock))
    assert [len(channels.posts[f"C{number}"]) for number in range(5)] == [1, 1, 1, 0, 1]
    assert clock.now >= NOW + 2 * LEASE
    assert channels.posts["C9"] == []  # it came due meanwhile
    assert store.posts.counts()["claimed"] == 0


def test_once_leaves_to_others_what_they_have_begun(
    make_loop: MakeLoop, subscribe: Subscribe, store: Store, channels: FakeChannels, clock: Clock
) -> None:
    theirs = subscribe()
    store.posts.claim(theirs, TODAY, KEYS[0], now=NOW, until=NOW + LEASE)
    make_loop().once(Stop(clock))
    assert channels.posts["C1"] == []
    assert clock.now < NOW + LEASE


def test_once_cleans_up(make_loop: MakeLoop, clock: Clock) -> None:
    cleaned: list[datetime] = []
    make_loop(clean_up=cleaned.append).once(Stop(clock))
    assert cleaned == [NOW]


def test_once_with_nothing_due_is_over_at_once(
    make_loop: MakeLoop, subscribe: Subscribe, clock: Clock
) -> None:
    subscribe(due_at=NOW + DAY)
    make_loop().once(Stop(clock))
    assert clock.now == NOW


def test_once_says_when_posts_failed(
    make_loop: MakeLoop, subscribe: Subscribe, channels: FakeChannels, clock: Clock
) -> None:
    channels.plans["C1"].append(RuntimeError("a fault of ours"))
    subscribe()
    subscribe("C2")
    with pytest.raises(BotError, match="1 daily posts failed"):
        make_loop().once(Stop(clock))
    assert channels.items("C2") == [KEYS[0]]


def test_once_says_when_the_database_is_away(
    make_loop: MakeLoop, store: Store, clock: Clock
) -> None:
    away = Away(store)
    away.methods = {"due"}
    with pytest.raises(StoreError):
        make_loop(away.store).once(Stop(clock))
