"""Where a question is looked up, by where it is asked."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import text

from bot.announcing import Told
from bot.slack.requests.breaker import Breaker
from bot.slack.requests.places import Places
from bot.storage import Asker, PostState, Store
from tests.fakes.channels import Clock
from tests.storage.samples import ASKER, MINUTE, NOW, a_listening_channel, a_news_channel


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store.open()) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def places(store: Store, clock: Clock) -> Places:
    return Places(
        store.news_posts, store.channel_shows, store.listening, Breaker(), clock.monotonic
    )


def posted(store: Store, told: Told, ts: str) -> None:
    channel = store.announcements.save(a_news_channel(due_at=NOW))
    number = int(ts[0])
    claim = store.news_posts.claim(channel, number, told.item, now=NOW, until=NOW + MINUTE)
    assert claim is not None
    store.news_posts.end(claim, PostState.POSTED, now=NOW, due_at=NOW, ts=ts)


def test_a_thread_below_a_card_is_about_its_episode(store: Store, places: Places) -> None:
    posted(store, Told(("tea-3",)), "1.5")
    posted(store, Told(("a", "b"), is_list=True), "2.5")
    assert places.episode(ASKER, "C1", "1.5") == "tea-3"
    for channel, ts in (("C1", "2.5"), ("C1", "3.5"), ("C2", "1.5"), ("C1", None)):
        assert places.episode(ASKER, channel, ts) is None
    assert places.episode(Asker("T2", "U1"), "C1", "1.5") is None
    assert places.episode(None, "C1", "1.5") is None


def test_another_process_goes_by_a_channels_new_show_within_two_seconds(
    store: Store, places: Places, clock: Clock
) -> None:
    assert places.show(ASKER, "C1") == ""
    store.channel_shows.prefer(ASKER, "C1", "Kitchen Talks")
    clock.seconds += 2
    assert places.show(ASKER, "C1") == "Kitchen Talks"
    assert places.show(Asker("T2", "U1"), "C1") == places.show(ASKER, "C2") == ""
    assert places.show(None, "C1") == places.show(ASKER, "") == ""


def test_the_process_that_changes_it_goes_by_it_at_once(store: Store, places: Places) -> None:
    assert places.show(ASKER, "C1") == ""
    store.channel_shows.prefer(ASKER, "C1", "Kitchen Talks")
    places.forget()
    assert places.show(ASKER, "C1") == "Kitchen Talks"


def test_a_database_that_is_away_narrows_nothing(
    store: Store, places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE channel_shows"))
    assert places.show(ASKER, "C1") == ""
    assert places.episode(ASKER, "C1", "1.5") is None  # it is left alone for a moment
    assert caplog.text.count("is not looked up") == 1


def test_another_process_hears_of_listening_within_five_seconds(
    store: Store, places: Places, clock: Clock
) -> None:
    assert not places.is_listened_to(ASKER, "C1")
    on = store.listening.save(a_listening_channel())
    assert not places.is_listened_to(ASKER, "C1")
    clock.seconds += 5
    assert places.is_listened_to(ASKER, "C1")
    assert not places.is_listened_to(ASKER, "C2")
    assert not places.is_listened_to(Asker("T2", "U1"), "C1")
    store.listening.stop(on.id)
    places.forget()
    assert not places.is_listened_to(ASKER, "C1")


def test_while_the_database_is_away_nothing_is_listened_to(store: Store, places: Places) -> None:
    store.listening.save(a_listening_channel())
    with store.database.writing() as connection:
        for table in ("unasked_answers", "open_questions", "listening_channels"):
            connection.execute(text(f"DROP TABLE {table}"))
    assert not places.is_listened_to(ASKER, "C1")
